/** What is common to providers that are spoken to over HTTP. */

const MAX_ANSWER_BYTES = 512 * 1024;

/** Reads an answer to its end, so that the connection can be used again, or gives up. @throws RangeError beyond 512 KiB */
export async function readWithin(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new RangeError('The answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `TimeoutError`, `ECONNREFUSED`, `RangeError`: never the message, which may repeat the URL. */
export function nameOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : 'unknown';
}

/** Whether the provider may have taken the message all the same: it was reached, as far as anybody knows. */
export function isUnclear(error: unknown): boolean {
  return !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(nameOf(error));
}
