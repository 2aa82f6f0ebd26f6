import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultOfJson } from './json-text.ts';

const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;

test.each([
  ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', undefined],
  ['{"a":"a","b":"a:","c":"\\"a\\":"}', undefined],
  ['["a","a"]', undefined],
  ['{"a":1,"a":2}', 'duplicate'],
  ['{"a":1, "b":{"c":[1,{"d":1,"d":1}]}}', 'duplicate'],
  ['{"a":1,"\\u0061"\n\t :2}', 'duplicate'],
  ['{"":1,"":2}', 'duplicate'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate'],
  [nested(20), undefined],
  [nested(22), 'depth'],
  ['['.repeat(500_000), 'depth'],
  ['"', undefined],
  ['{"a', undefined],
  ['{"\\', undefined],
  ['}}]]{"a":1}', undefined],
])('[WEB-3] %s: %s', (text, fault) => {
  expect(faultOfJson(text)).toBe(fault);
});

test('[WEB-3] whatever a program writes has no member twice, and a second one is always found', () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 });
  fc.assert(
    fc.property(values, (value) => {
      const text = JSON.stringify(value);
      expect(faultOfJson(text)).toBeUndefined();
      const name = JSON.stringify(Object.keys(value)[0]);
      expect(faultOfJson(`${text.slice(0, -1)},${name}:0}`)).toBe('duplicate');
    }),
  );
});
