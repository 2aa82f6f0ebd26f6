import type { CaseView } from './cases.api.ts';

/** How a form or a report arrives. */
export const WAYS = ['certified-mail', 'post', 'desk', 'e-mail', 'public-register'];

/** What is asked of whoever registers what arrived: of whom it is, how that was verified, and the file itself. */
export const ARRIVED_CHECKS = {
  holder: (holder: string) => (holder.trim() ? undefined : 'cases.holder-missing'),
  verified: (words: string) => (words.trim() ? undefined : 'cases.verified-missing'),
  form: (sent: string) => (sent ? undefined : 'cases.file-missing'),
};

/** Causes of a revocation that nobody signs a form for: a document proves them. */
const PROVEN_CAUSES: readonly string[] = ['death', 'legal-person-extinct'];

export const isProven = (cause: string | undefined): boolean =>
  cause !== undefined && PROVEN_CAUSES.includes(cause);

/** What a file of a case is: whatever arrived is put aside as a form. */
export function documentOf({ kind, payload }: Pick<CaseView, 'kind' | 'payload'>, part: string): string {
  if (part !== 'form') return part;
  if (kind === 'abuse-report') return 'report';
  return isProven(payload.cause) ? 'proof' : 'form';
}
