import type { FastifySchemaCompiler } from 'fastify';
import { ZodType, type z } from 'zod';
import { type BadField, badInput } from './http.problems.ts';

type Issue = z.core.$ZodIssue;

/** Checks a part of a request by its Zod schema; what does not fit becomes the problem `bad-input`. */
export const zodValidator: FastifySchemaCompiler<unknown> = ({ schema }) => {
  if (!(schema instanceof ZodType)) throw new TypeError('Request schemas are Zod schemas');
  return (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const fields = result.error.issues.flatMap((issue) => fieldsOf(issue, data));
    return { error: badInput({ fields }) };
  };
};

function fieldsOf(issue: Issue, data: unknown): BadField[] {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path, rule: ruleOf(issue, valueAt(data, issue.path)) }];
  return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, rule: 'unknown' }));
}

const UNDER: Record<string, string> = { string: 'too-short', array: 'too-few', set: 'too-few' };
const OVER: Record<string, string> = { string: 'too-long', array: 'too-many', set: 'too-many' };

function ruleOf(issue: Issue, value: unknown): string {
  if (value === undefined || value === null || value === '') return 'required';
  switch (issue.code) {
    case 'invalid_type':
      return 'type';
    case 'too_small':
      return UNDER[issue.origin] ?? 'too-small';
    case 'too_big':
      return OVER[issue.origin] ?? 'too-large';
    case 'invalid_format':
      return issue.format === 'regex' ? 'format' : issue.format;
    case 'invalid_value':
    case 'invalid_union':
      return 'choice';
    case 'custom':
      return typeof issue.params?.rule === 'string' ? issue.params.rule : 'invalid';
    default:
      return 'invalid';
  }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value instanceof Object ? Reflect.get(value, step) : undefined),
    data,
  );
}
