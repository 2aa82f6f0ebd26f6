/** The server does not start, for a reason the administrator can mend; the message is all they need to read. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
