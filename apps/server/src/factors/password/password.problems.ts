import { defineProblem } from '../../platform/http/problems.ts';

export const passwordWrong = defineProblem<{ triesLeft: number | null }>(
  'password-wrong',
  422,
  'This is not the current password',
  'A wrong one counts as a try like at a sign-in; `triesLeft` says how many there are before a pause.',
);
