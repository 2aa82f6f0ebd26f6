import { nowMs } from '@sigillo/ui';

/** An answer that is not a success (RFC 9457), or no answer at all. */
export class ApiProblem extends Error {
  /** Last part of the problem's type; translations go by it. */
  readonly slug: string;
  readonly status: number;
  readonly requestId: string | undefined;
  /** When the same request may be made again, in Unix milliseconds, if the problem says so. */
  readonly retryAtMs: number | null;
  /** Members of the problem document beyond the standard ones. */
  readonly extension: Readonly<Record<string, unknown>>;

  constructor(slug: string, status: number, document: Record<string, unknown> = {}) {
    super(`${slug} (${status})`);
    const { requestId, retryAfterSeconds } = document;
    this.slug = slug;
    this.status = status;
    this.requestId = typeof requestId === 'string' ? requestId : undefined;
    this.retryAtMs = typeof retryAfterSeconds === 'number' ? nowMs() + retryAfterSeconds * 1000 : null;
    this.extension = document;
  }
}

/** Whether something thrown is the problem of one of these slugs. */
export function isProblem(error: unknown, ...slugs: string[]): error is ApiProblem {
  return error instanceof ApiProblem && slugs.includes(error.slug);
}
