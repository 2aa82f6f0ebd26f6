/**
 * Problems a caller can act on, answered as RFC 9457 documents by the one error handler. Portals translate by
 * `type`, which is stable; `title` is for developers.
 */

/** Thrown by services; knows nothing of HTTP but its status and headers. */
export class Problem extends Error {
  readonly slug: string;
  readonly status: number;
  readonly title: string;
  /** More members of the document (RFC 9457 §3.2), such as `retryAfterSeconds`. */
  readonly extension: object;
  /** Response headers; `retryAfterSeconds` of the extension is repeated as `retry-after` (RFC 9110 §10.2.3). */
  readonly headers: Record<string, string>;

  constructor(kind: ProblemKind, extension: object = {}, headers: Record<string, string> = {}) {
    super(kind.title);
    this.name = 'Problem';
    this.slug = kind.type;
    this.status = kind.status;
    this.title = kind.title;
    this.extension = extension;
    this.headers = { ...retryAfter(extension), ...headers };
  }
}

/** Whether what was thrown is a problem of this kind. */
export const isProblem = (error: unknown, slug: string): boolean =>
  error instanceof Problem && error.slug === slug;

/** What all problems of a kind have in common. */
export interface ProblemKind {
  /** The last part of the type's address, `<issuer>/problems/<type>`. */
  readonly type: string;
  readonly status: number;
  readonly title: string;
  /** What happened and what to do, in a sentence or two, for the type's page. */
  readonly explanation: string;
}

/**
 * A kind of problem; calling it makes one to throw: `throw codeRejected()`. The argument may be left out when
 * the extension has no member that is required.
 */
export interface ProblemType<X extends object = object> extends ProblemKind {
  (...extension: object extends X ? [extension?: X] : [extension: X]): Problem;
}

const known = new Map<string, ProblemKind>();

/**
 * Declares a kind of problem, once, at the top of a `*.problems.ts`.
 *
 * @param slug kebab-case, unique in the server
 * @param status HTTP status, 400 to 599
 * @param title what happened, in a few English words, the same every time
 * @param explanation a sentence or two for the page `/problems/<slug>`
 */
export function defineProblem<X extends object = object>(
  slug: string,
  status: number,
  title: string,
  explanation = '',
): ProblemType<X> {
  if (known.has(slug)) throw new Error(`The problem ${slug} is defined twice`);
  const kind = { type: slug, status, title, explanation };
  known.set(slug, kind);
  return Object.assign((extension?: object) => new Problem(kind, extension), kind) as ProblemType<X>;
}

/** Every kind of problem the loaded modules can answer, in the order of their slugs. */
export function problemKinds(): ProblemKind[] {
  return [...known.values()].sort((a, b) => a.type.localeCompare(b.type));
}

function retryAfter(extension: object): Record<string, string> {
  if (!('retryAfterSeconds' in extension)) return {};
  return { 'retry-after': String(Math.ceil(Number(extension.retryAfterSeconds))) };
}
