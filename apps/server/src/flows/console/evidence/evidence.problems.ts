import { defineProblem } from '../../../platform/http/problems.ts';

export const evidenceGone = defineProblem(
  'evidence-gone',
  404,
  'There is no such evidence',
  'Its last day is over, or the account is not there.',
);
