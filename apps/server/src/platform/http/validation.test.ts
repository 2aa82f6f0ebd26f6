import { expect, test } from 'vitest';
import { z } from 'zod';
import { Problem } from './problems.ts';
import { zodValidator } from './validation.ts';

const schema = z.strictObject({
  email: z.email().max(20),
  age: z.int().min(18).max(130),
  tags: z.array(z.string()).min(1).max(2),
  language: z.enum(['it', 'en']),
  phone: z.string().regex(/^\+/),
  id: z.uuid(),
  password: z.string().refine((value) => value !== 'password', { params: { rule: 'common' } }),
  address: z.strictObject({ city: z.string() }),
});
const good = {
  email: 'a@example.org',
  age: 20,
  tags: ['a'],
  language: 'it',
  phone: '+39',
  id: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  password: 'correct horse',
  address: { city: 'Roma' },
};
const validate = zodValidator({ schema, method: 'POST', url: '/', httpPart: 'body' });

function fieldsOf(change: object): unknown {
  const result = validate({ ...good, ...change });
  const error = typeof result === 'object' && 'error' in result ? result.error : undefined;
  return error instanceof Problem ? error.extension : undefined;
}

test('what fits is passed on', () => {
  expect(validate(good)).toEqual({ value: good });
});

test.each<[object, string, string]>([
  [{ email: undefined }, 'email', 'required'],
  [{ email: '' }, 'email', 'required'],
  [{ email: null }, 'email', 'required'],
  [{ email: 7 }, 'email', 'type'],
  [{ email: 'x' }, 'email', 'email'],
  [{ email: 'abcdefghijkl@example.org' }, 'email', 'too-long'],
  [{ age: 17 }, 'age', 'too-small'],
  [{ age: 131 }, 'age', 'too-large'],
  [{ age: '20' }, 'age', 'type'],
  [{ tags: [] }, 'tags', 'too-few'],
  [{ tags: ['a', 'b', 'c'] }, 'tags', 'too-many'],
  [{ tags: [1] }, 'tags.0', 'type'],
  [{ language: 'fr' }, 'language', 'choice'],
  [{ phone: '39' }, 'phone', 'format'],
  [{ id: 'x' }, 'id', 'uuid'],
  [{ password: 'password' }, 'password', 'common'],
  [{ address: {} }, 'address.city', 'required'],
  [{ address: { city: 'Roma', street: 'x' } }, 'address.street', 'unknown'],
  [{ admin: true }, 'admin', 'unknown'],
])('%j breaks a rule of %s: %s', (change, path, rule) => {
  expect(fieldsOf(change)).toEqual({ fields: [{ path, rule }] });
});

test('a schema that is not Zod is refused when the server starts', () => {
  const schema = { type: 'object' };
  expect(() => zodValidator({ schema, method: 'POST', url: '/', httpPart: 'body' })).toThrow(/Zod/);
});
