/** The server does not start, for a reason the administrator can mend; the message is all they need to read. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/**
 * The same error in words that tell what to do, if the system or the database says by its code why it happened;
 * any other error as it is.
 *
 * @param reasons a sentence for each code, such as `EADDRINUSE` or a SQLSTATE
 */
export function inPlainWords(error: unknown, reasons: Readonly<Record<string, string>>): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  return reason === undefined ? error : new StartRefused(reason, { cause: error });
}
