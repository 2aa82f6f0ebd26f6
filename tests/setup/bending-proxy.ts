import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An HTTP proxy on loopback that may change the answers that it passes on. */
export interface BendingProxy {
  /** `host:port`. */
  host: string;
  /** What was asked for, as method and path. */
  asked: string[];
  /** Changes the bodies of answers from now on. */
  bend(change: (body: string) => string): void;
  close(): void;
}

export async function startBendingProxy(): Promise<BendingProxy> {
  let change = (body: string) => body;
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${URL.parse(incoming.url ?? '')?.pathname}`);
    passOn(incoming, outgoing, (body) => change(body)).catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    bend: (wanted) => {
      change = wanted;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function passOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  change: (body: string) => string,
): Promise<void> {
  const { 'proxy-connection': _, ...headers } = incoming.headers;
  const body = await buffer(incoming);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method: incoming.method ?? 'GET', headers };
    request(incoming.url ?? '', options, resolve)
      .once('error', reject)
      .end(body);
  });
  const bent = Buffer.from(change((await buffer(answer)).toString()));
  const { 'transfer-encoding': __, ...answered } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 500, { ...answered, 'content-length': bent.length }).end(bent);
}
