import { expect, test } from 'vitest';
import { fillPhone, readPhone } from './phone-number.ts';

test('a number typed as at home becomes E.164, with any spaces', () => {
  expect(readPhone('333 123 4567', 'IT').e164).toBe('+393331234567');
  expect(readPhone('(0)7911 123456', 'GB').e164).toBe('+447911123456');
});

test('a number typed with its own prefix brings its country along', () => {
  expect(readPhone('+44 7400 123456', 'IT')).toMatchObject({ country: 'GB', e164: '+447400123456' });
  expect(readPhone('0049 1512 3456789', 'IT')).toMatchObject({ country: 'DE', e164: '+4915123456789' });
});

test('a chosen country stays when the number has its prefix, whichever country of that prefix it belongs to', () => {
  expect(readPhone('07911 123456', 'GB').country).toBe('GB');
  expect(readPhone('+44 7911 123456', 'GB').country).toBe('GB');
});

test('what was typed stays as typed while it is not a number yet', () => {
  expect(readPhone('333 1', 'IT')).toEqual({ country: 'IT', typed: '333 1', e164: undefined });
  expect(readPhone('', 'IT').e164).toBeUndefined();
  expect(readPhone('333 123 4567', 'XX').e164).toBeUndefined();
});

test('a known number is shown as its holder would write it', () => {
  expect(fillPhone('+393331234567')).toEqual({ country: 'IT', typed: '333 123 4567', e164: '+393331234567' });
});
