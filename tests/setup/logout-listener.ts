import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A relying party's server, as far as it listens for logouts (OpenID Connect Back-Channel Logout 1.0). */
export interface LogoutListener {
  /** `host:port`. */
  host: string;
  /** What it was told, in order. */
  tokens: string[];
  /** Whether requests are answered; those that are not hang. */
  answers(does: boolean): void;
  close(): void;
}

export async function startLogoutListener(): Promise<LogoutListener> {
  let doesAnswer = true;
  const tokens: string[] = [];
  const server = createServer(async (request, response) => {
    tokens.push(new URLSearchParams(await text(request)).get('logout_token') ?? '');
    if (doesAnswer) response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    answers: (does) => {
      doesAnswer = does;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
