/** Why a request of this app was not done, as its issuer says (RFC 9457), or `unreachable` with status 0. */
export class DeviceProblem extends Error {
  /** Last part of the problem's type: stable, and what texts are chosen by. */
  readonly slug: string;
  readonly status: number;
  /** More members of the document, such as `retryAfterSeconds` or `triesLeft`. */
  readonly extension: Record<string, unknown>;

  constructor(slug: string, status: number, extension: Record<string, unknown> = {}) {
    super(slug);
    this.name = 'DeviceProblem';
    this.slug = slug;
    this.status = status;
    this.extension = extension;
  }
}

/** The problem in an answer that is none of the good ones. */
export async function problemIn(response: Response): Promise<DeviceProblem> {
  const document: unknown = await response.json().catch(() => undefined);
  const members: Record<string, unknown> = { ...(document as object | undefined) };
  const slug = /\/problems\/([a-z0-9-]+)$/.exec(String(members.type))?.[1];
  return new DeviceProblem(slug ?? 'unreachable', response.status, members);
}
