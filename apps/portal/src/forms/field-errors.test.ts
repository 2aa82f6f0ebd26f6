import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { ApiProblem } from '../api/api-problem.ts';
import { fieldErrorsOf } from './field-errors.ts';

/** Says the key it is asked for, the first of several. */
const t = ((key: string | string[]) => (Array.isArray(key) ? key[0] : key)) as unknown as TFunction;

test('what the server says of a field stands beside that field', () => {
  const fields = [
    { path: 'email', rule: 'email' },
    { path: 'message', rule: 'pattern' },
  ];
  const problem = new ApiProblem('bad-input', 400, { fields });
  expect(fieldErrorsOf(t, problem, ['email', 'message'])).toEqual({
    email: 'problems.rule-email',
    message: 'problems.rule-other',
  });
});

test('fields that the form does not have are left to the summary', () => {
  const problem = new ApiProblem('bad-input', 400, {
    fields: [{ path: 'interaction', rule: 'too-long' }, 'nonsense'],
  });
  expect(fieldErrorsOf(t, problem, ['email'])).toEqual({});
});

test('a problem about one thing stands beside its field, with its reason', () => {
  const refused = new ApiProblem('password-refused', 422, { reason: 'common', minLength: 15 });
  expect(fieldErrorsOf(t, refused, ['email', 'password'])).toEqual({
    password: 'problems.password-refused-common',
  });
  const wrongCode = new ApiProblem('code-rejected', 422, { triesLeft: 3 });
  expect(fieldErrorsOf(t, wrongCode, ['code'])).toEqual({ code: 'problems.code-rejected-tries' });
});

test('a refused sign-in points at no field: it must not tell which one was wrong', () => {
  const refused = new ApiProblem('sign-in-refused', 422);
  expect(fieldErrorsOf(t, refused, ['identifier', 'password'])).toEqual({});
});
