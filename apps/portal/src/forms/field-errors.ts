import type { TFunction } from 'i18next';
import type { ApiProblem } from '../api/api-problem.ts';
import { problemText } from './problem-text.ts';

/** Problems that are about one field, whatever form it stands in. */
const FIELD_OF: Record<string, string> = {
  'code-rejected': 'code',
  'phone-not-accepted': 'phone',
  'password-refused': 'password',
  'password-wrong': 'current',
  'email-not-accepted': 'email',
};

const RULES = ['required', 'email', 'too-short', 'too-long'];

/**
 * What a problem says about single fields, by field name. What concerns none of the form's fields is left out:
 * the summary then speaks for it.
 */
export function fieldErrorsOf(
  t: TFunction,
  problem: ApiProblem,
  names: readonly string[],
): Record<string, string> {
  const about = FIELD_OF[problem.slug];
  if (about && names.includes(about)) return { [about]: problemText(t, problem) };

  const { fields } = problem.extension;
  if (problem.slug !== 'bad-input' || !Array.isArray(fields)) return {};
  const known = fields.filter(isFieldRule).filter((field) => names.includes(field.path));
  return Object.fromEntries(known.map((field) => [field.path, t(ruleKey(field.rule))]));
}

function ruleKey(rule: string): string {
  return RULES.includes(rule) ? `problems.rule-${rule}` : 'problems.rule-other';
}

function isFieldRule(field: unknown): field is { path: string; rule: string } {
  if (typeof field !== 'object' || field === null) return false;
  return (
    'path' in field && typeof field.path === 'string' && 'rule' in field && typeof field.rule === 'string'
  );
}
