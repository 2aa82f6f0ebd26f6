import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { DatabaseAddress } from '../../apps/server/src/platform/database/database.ts';

/** The way to a PostgreSQL, which a test makes slow, or cuts. */
export interface DatabaseProxy {
  address: DatabaseAddress;
  /** Every answer comes so much later. */
  delay(ms: number): void;
  /** Nobody gets through, and who was through is cut off, until it is opened again. */
  cut(isCut: boolean): void;
  close(): Promise<void>;
}

/** @param address of a PostgreSQL of ours: a folder with a socket, or a TCP address */
export async function databaseProxy(address: DatabaseAddress): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>();
  let delayMs = 0;
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const database = connect(targetOf(address));
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(database);
    database.on('data', (answer) => {
      if (delayMs > 0) setTimeout(() => client.write(answer), delayMs);
      else client.write(answer);
    });
  }).listen(0, '127.0.0.1');
  server.on('error', () => undefined);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: addressAt(address, port),
    delay: (ms) => {
      delayMs = ms;
    },
    cut: (now) => {
      isCut = now;
      if (isCut) cutAll();
    },
    close: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}

function targetOf({ connectionString, host = '127.0.0.1', port = 5432 }: DatabaseAddress) {
  if (connectionString) {
    const { hostname, port: number } = new URL(connectionString);
    return { host: hostname, port: Number(number || 5432) };
  }
  return host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port };
}

function addressAt(address: DatabaseAddress, port: number): DatabaseAddress {
  if (!address.connectionString) return { ...address, host: '127.0.0.1', port };
  const url = new URL(address.connectionString);
  url.host = `127.0.0.1:${port}`;
  return { connectionString: url.href };
}
