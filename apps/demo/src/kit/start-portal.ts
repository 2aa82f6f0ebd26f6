import { listen } from './http.ts';
import type { Portal, PortalDesign } from './portal.ts';
import { findProvider } from './provider.ts';
import { serve, staticFiles } from './serve.ts';
import { sessionsInMemory } from './sessions.ts';
import type { PortalOptions } from './settings.ts';
import { signInRoutes } from './sign-in.routes.ts';

const LOCAL_ISSUER = 'http://localhost:8080';

export interface RunningPortal {
  /** The address browsers use. */
  url: string;
  close(): Promise<void>;
}

/** Starts a portal; it serves at once, whether Sigillo is up or not. */
export async function startPortal(design: PortalDesign, options: PortalOptions = {}): Promise<RunningPortal> {
  const { issuer = LOCAL_ISSUER, clientId = design.clientId, publicName, log = writeLine } = options;
  // Named on purpose, `undefined` means a public client.
  const clientSecret = 'clientSecret' in options ? options.clientSecret : design.clientSecret;
  const server = await listen(options.port ?? design.defaultPort);
  const portal: Portal = {
    design,
    issuer,
    publicName,
    log,
    baseUrl: options.baseUrl ?? `http://127.0.0.1:${server.port}`,
    provider: findProvider({ issuer, clientId, clientSecret, log }),
    sessions: sessionsInMemory(),
    nowMs: Date.now,
  };
  const routes = { ...signInRoutes, ...design.routes };
  const files = staticFiles(design.key);
  server.answer((request, response) => serve(portal, routes, files, request, response));
  return {
    url: portal.baseUrl,
    close() {
      portal.provider.close();
      return server.close();
    },
  };
}

/** Runs a portal until the process is asked to stop. */
export async function runPortal(design: PortalDesign, options: PortalOptions): Promise<void> {
  const { url, close } = await startPortal(design, options);
  process.stdout.write(`${design.name.en}: ${url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close());
}

function writeLine(line: string): void {
  process.stderr.write(`${line}\n`);
}
