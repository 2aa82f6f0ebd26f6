import type { Socket } from 'node:net';

interface ConnectionError extends Error {
  code?: string;
}

/**
 * Answers what Node could not read as HTTP: there is no request, hence no id and no log line of what was sent.
 * Node has no more of an answer than the bytes written here.
 */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status = STATUS[error.code ?? ''] ?? '400 Bad Request';
  const document = JSON.stringify({ title: status.slice(4), status: Number(status.slice(0, 3)) });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(document)}`,
      'cache-control: no-store',
      'connection: close',
      '',
      document,
    ].join('\r\n'),
  );
}

const STATUS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
