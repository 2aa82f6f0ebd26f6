import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { assertNoSecrets, type Details, type WithoutSecrets } from './details.ts';
import { leafOf } from './leaf.ts';

test('a leaf is SHA-256 over the bytes that the README draws', () => {
  const hex = [
    '00',
    '00000014',
    Buffer.from('sigillo audit leaf 1').toString('hex'),
    '00000010',
    '017f22e279b07cc398c4dc0c0c07398f',
    '00000008',
    '0000017f22e279b0',
    '00000010',
    '0f5b7c2e4d3a4b1c9e8f7a6b5c4d3e2f',
    '00000003',
    '010203',
  ].join('');
  const leaf = leafOf({
    id: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    at: new Date(0x017f22e279b0),
    account_id: '0f5b7c2e-4d3a-4b1c-9e8f-7a6b5c4d3e2f',
    body: Buffer.from([1, 2, 3]),
  });
  expect(leaf).toEqual(createHash('sha256').update(Buffer.from(hex, 'hex')).digest());
});

test.each(['password', 'newPassword', 'code', 'smsCode', 'ACCESS_TOKEN', 'clientSecret', 'apiKey'])(
  '[AUD-3] a detail named %s is refused when the event is written',
  (name) => {
    expect(() => assertNoSecrets({ [name]: 'canary' })).toThrow(name);
    expect(() => assertNoSecrets({ [name]: 'canary' })).not.toThrow('canary');
  },
);

test('[AUD-3] a detail that is not a plain value is refused', () => {
  const nested = { form: { password: 'canary' } } as unknown as Details;
  expect(() => assertNoSecrets(nested)).toThrow(/plain value/);
  expect(() => assertNoSecrets({ method: 'totp', level: 2, remembered: false, reason: null })).not.toThrow();
});

test('[AUD-3] a detail that sounds like a secret does not compile', () => {
  const check = <D extends Details>(details: WithoutSecrets<D> & D) => details;
  check({ method: 'totp' });
  // @ts-expect-error the name sounds like a secret
  check({ smsCode: '123456' });
  // @ts-expect-error the name sounds like a secret
  check({ method: 'totp', PASSWORD: 'x' });
});
