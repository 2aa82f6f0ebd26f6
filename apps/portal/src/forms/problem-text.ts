import type { TFunction } from 'i18next';
import type { ApiProblem } from '../api/api-problem.ts';

/** What happened and what to do, in the reader's language. The problem's own title is for developers. */
export function problemText(t: TFunction, problem: ApiProblem): string {
  const { reason, triesLeft, minLength } = problem.extension;
  const keys = [`problems.${problem.slug}`, 'problems.unexpected'];
  if (typeof reason === 'string') keys.unshift(`problems.${problem.slug}-${reason}`);
  if (typeof triesLeft === 'number') keys.unshift(`problems.${problem.slug}-tries`);
  return t(keys, { minLength, count: typeof triesLeft === 'number' ? triesLeft : 0 });
}
