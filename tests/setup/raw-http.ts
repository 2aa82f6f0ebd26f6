import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which a test writes what it likes, and how it went. */
export interface RawConnection {
  socket: Socket;
  /** All that came so far. */
  text(): string;
  isClosed(): boolean;
  /** Rejects when it is not over in time. */
  closed(ms: number): Promise<void>;
}

export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const pieces: Buffer[] = [];
  let isClosed = false;
  socket.on('data', (piece) => pieces.push(piece));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isClosed = true;
  });
  await once(socket, 'connect');
  return {
    socket,
    text: () => Buffer.concat(pieces).toString('latin1'),
    isClosed: () => isClosed,
    async closed(ms) {
      if (!isClosed) await once(socket, 'close', { signal: AbortSignal.timeout(ms) });
    },
  };
}

/** Head of a request, as a page of the installation would make it. */
export const headOf = (
  issuer: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): string =>
  [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries({ host: new URL(issuer).host, origin: issuer, ...headers }).map((pair) =>
      pair.join(': '),
    ),
    '\r\n',
  ].join('\r\n');

/** Writes until the server has closed, or all is written. @returns how many bytes the system took */
export async function pour(
  { socket, isClosed }: RawConnection,
  piece: Buffer,
  times: number,
): Promise<number> {
  let bytes = 0;
  for (let nth = 0; nth < times && !isClosed() && socket.writable; nth++) {
    await new Promise<void>((resolve) => {
      socket.once('close', resolve);
      socket.write(piece, (error) => {
        socket.off('close', resolve);
        if (!error) bytes += piece.length;
        resolve();
      });
    });
  }
  return bytes;
}
