import { expect, test } from 'vitest';
import { defineProblem, Problem, problemKinds } from './problems.ts';

const codeRejected = defineProblem('test-code-rejected', 422, 'The code was not accepted');
const sendLater = defineProblem<{ retryAfterSeconds: number }>('test-come-again', 429, 'Send it later');

test('a problem carries its slug, status and title', () => {
  const problem = codeRejected();
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ slug: 'test-code-rejected', status: 422, headers: {}, extension: {} });
  expect(problem.message).toBe('The code was not accepted');
});

test('the seconds to wait are repeated as Retry-After, whole and rounded up', () => {
  expect(sendLater({ retryAfterSeconds: 2.2 }).headers).toEqual({ 'retry-after': '3' });
});

test('an extension that is required cannot be left out', () => {
  // @ts-expect-error retryAfterSeconds is missing
  expect(sendLater().extension).toEqual({});
});

test('a slug is defined once and listed', () => {
  expect(() => defineProblem('test-come-again', 400, 'Again')).toThrow(/defined twice/);
  expect(problemKinds().map((kind) => kind.type)).toContain('test-come-again');
});
