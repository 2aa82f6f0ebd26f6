import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';

/** For a route that takes files or lists: give it as `bodyLimit`. */
export const API_BODY_BYTES = 1024 * 1024;
const AUTH_BODY_BYTES = 64 * 1024;

/** Whatever a person who has proven nothing yet may post to. */
const AUTH_PATHS =
  /^\/(oidc|device|api\/(sign-in|qr-tickets|ceremonies|registrations|password-resets|step-up|sign-out|session|support))(\/|$)/;

/** The most a route takes: 64 KiB where people prove who they are, 1 MiB elsewhere, unless it says less. */
export function limitBody(route: RouteOptions): void {
  route.bodyLimit ??= AUTH_PATHS.test(route.url) ? AUTH_BODY_BYTES : API_BODY_BYTES;
}

/** Long enough for whoever still sends to read the answer: a connection that is closed at once takes it along. */
const LINGER_MS = 1_000;
const LOOK_MS = 5;

/** What of a body was not read when the answer is out is not received to its end either: the connection ends. */
export function cutOffUnread({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { 'content-length': length, 'transfer-encoding': coding } = raw.headers;
  if (coding === undefined && (length === undefined || length === '0')) return;
  reply.raw.once('finish', () => {
    // Undefined where no connection is behind it.
    if (raw.complete === false) cutOff(raw);
  });
}

/** Node reads on to the end, and throws it away. A mebibyte is let through, for whoever was only a little above. */
function cutOff(request: IncomingMessage): void {
  const { socket } = request;
  const bytes = socket.bytesRead;
  const endAt = performance.now() + LINGER_MS;
  const watch = setInterval(() => {
    if (socket.bytesRead - bytes > API_BODY_BYTES) socket.pause();
    if (performance.now() > endAt) socket.destroy();
    if (request.complete || socket.destroyed) clearInterval(watch);
  }, LOOK_MS);
}
