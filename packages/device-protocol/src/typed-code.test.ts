import { expect, test } from 'vitest';
import { newTypedCode, PAIRING_CODE, readTypedCode, SAME_DEVICE_CODE, writeTypedCode } from './index.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FORMATS = [SAME_DEVICE_CODE, PAIRING_CODE];

test('codes are shown in groups', () => {
  expect(writeTypedCode('7KQM2X9PD', SAME_DEVICE_CODE)).toBe('7KQ-M2X-9PD');
  const pairing = writeTypedCode(newTypedCode(PAIRING_CODE), PAIRING_CODE);
  expect(pairing).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}$/);
});

test('[QR-5] a pairing code has at least 112 random bits', () => {
  expect(PAIRING_CODE.symbols * 5).toBeGreaterThanOrEqual(112);
  const codes = Array.from({ length: 1000 }, () => newTypedCode(PAIRING_CODE));
  expect(new Set(codes).size).toBe(1000);
  // Each place takes each symbol: no bit is stuck.
  for (let place = 0; place < 24; place += 1) {
    expect(new Set(codes.map((code) => code.charAt(place))).size).toBe(32);
  }
});

test('what is shown is read again, however it is typed', () => {
  for (const format of FORMATS) {
    for (let i = 0; i < 100; i += 1) {
      const code = newTypedCode(format);
      const shown = writeTypedCode(code, format);
      const careless = shown
        .toLowerCase()
        .replaceAll('0', 'o')
        .replaceAll('1', i % 2 ? 'l' : 'i')
        .replaceAll('-', ' – ');
      expect(readTypedCode(shown, format)).toBe(code);
      expect(readTypedCode(careless, format)).toBe(code);
    }
  }
});

test('one wrong symbol is always noticed, wherever', () => {
  for (const format of FORMATS) {
    const code = newTypedCode(format);
    for (let at = 0; at < code.length; at += 1) {
      const others = Array.from(ALPHABET).filter((symbol) => symbol !== code.charAt(at));
      for (const symbol of others) {
        expect(readTypedCode(code.slice(0, at) + symbol + code.slice(at + 1), format)).toBeUndefined();
      }
    }
  }
});

test('two symbols that changed places are always noticed', () => {
  for (const format of FORMATS) {
    const code = newTypedCode(format);
    for (let a = 0; a < code.length; a += 1) {
      for (let b = a + 1; b < code.length; b += 1) {
        const symbols = Array.from(code);
        [symbols[a], symbols[b]] = [symbols[b] ?? '', symbols[a] ?? ''];
        const swapped = symbols.join('');
        if (swapped !== code) expect(readTypedCode(swapped, format)).toBeUndefined();
      }
    }
  }
});

test.each(['', '7KQ-M2X-9P', '7KQ-M2X-9PDD', '7KQ-M2X-9PU', '7KQ-M2X-9P!', '0'.repeat(65)])(
  '"%s" is no code',
  (text) => {
    expect(readTypedCode(text, SAME_DEVICE_CODE)).toBeUndefined();
  },
);
