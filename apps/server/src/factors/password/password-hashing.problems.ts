import { defineProblem } from '../../platform/http/problems.ts';

/** More passwords wait to be hashed than we can promise to answer in time ([PW-4]). */
export const busy = defineProblem<{ retryAfterSeconds: number }>(
  'busy',
  503,
  'Too busy at the moment',
  'More people are signing in than this node can serve. Nothing was counted or changed: try again shortly.',
);
