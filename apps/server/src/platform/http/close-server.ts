import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const SWEEP_MS = 100;
/** A request that is on its way on a new connection arrives by then. */
const FIRST_REQUEST_MS = 500;
/** What has not been answered by then is given up: whoever starts nodes anew waits no longer. */
const GRACE_MS = 15_000;

/**
 * How a server is closed: it stops taking requests, and is closed when those that had come are answered. A connection
 * is closed as soon as nothing travels on it; Node by itself would keep those whose last answer ends later than the
 * order to close, and those that browsers open in advance, for 72 seconds more.
 *
 * @param app before it listens
 */
export function closerOf(app: Pick<FastifyInstance, 'close' | 'server'>): () => Promise<void> {
  const { server } = app;
  const unused = new Map<Socket, number>();
  server.on('connection', (socket) => {
    unused.set(socket, performance.now());
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  const sweep = () => {
    server.closeIdleConnections();
    const before = performance.now() - FIRST_REQUEST_MS;
    for (const [socket, since] of unused) if (since < before) socket.destroy();
  };

  return async () => {
    const sweeping = setInterval(sweep, SWEEP_MS);
    const givingUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    try {
      await app.close();
    } finally {
      clearInterval(sweeping);
      clearTimeout(givingUp);
    }
  };
}
