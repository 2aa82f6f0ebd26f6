import brand from '@sigillo/ui/brand.json' with { type: 'json' };
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gsm7Length, toGsm7 } from './gsm7.ts';
import { messageRenderer } from './render-message.ts';

const renderer = messageRenderer({ brand, issuer: 'https://id.example.org', timeZone: 'Europe/Rome' });
const languages = ['it', 'en'] as const;
const actions = ['sign-in', 'set-up', 'confirm', 'recover'] as const;
const sms = (language: 'it' | 'en', params: Record<string, string>) =>
  renderer.sms({ template: 'code', params: { code: '048213', minutes: '5', ...params } }, language);

test.each(languages.flatMap((language) => actions.map((action) => ({ language, action }))))(
  'the code comes first, the browser’s line last, in one SMS: $action in $language',
  ({ language, action }) => {
    const text = sms(language, { action, service: 'Sigillo', host: 'id.example.org' });
    expect(text).toMatch(/^048213 /);
    expect(text.split('\n').at(-1)).toBe('@id.example.org #048213');
    expect(text).toContain('Sigillo');
    expect(text).toMatch(
      language === 'it' ? /Vale 5 minuti\. Non darlo a nessuno\./ : /5 minutes\. Don't give/,
    );
    expect(gsm7Length(text)).toBeLessThanOrEqual(160);
  },
);

test('without a usable host there is no browser’s line', () => {
  for (const host of ['', 'id.example.org:8080', 'a b', 'x\n@evil.example #000000']) {
    expect(sms('it', { action: 'sign-in', service: 'Sigillo', host })).not.toMatch(/[@#\n]/);
  }
});

test('[WEB-6] whatever the service and the host are called, it stays one SMS of the default alphabet', () => {
  const anyLabel = fc.stringMatching(/^[a-z0-9]{1,30}$/);
  fc.assert(
    fc.property(
      fc.constantFrom(...languages),
      fc.constantFrom(...actions),
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.string({ unit: fc.constantFrom('a', ' ', '€', 'ê'), minLength: 1, maxLength: 200 }),
      ),
      fc.array(anyLabel, { minLength: 1, maxLength: 7 }),
      (language, action, service, labels) => {
        const text = sms(language, {
          action,
          service,
          host: labels.join('.'),
          code: '12345678',
          minutes: '10',
        });
        expect(gsm7Length(text)).toBeLessThanOrEqual(160);
        expect(text).toMatch(/^12345678 /);
      },
    ),
  );
});

test('a long name is cut before the warning is left out, the warning before the browser’s line', () => {
  const params = {
    action: 'sign-in',
    service: 'Comune di Città di Castello - Portale delle pratiche online',
  };
  const cut = sms('it', { ...params, host: 'id.comune.example.org' });
  expect(cut).toContain('Non darlo a nessuno');
  expect(cut).toMatch(/Comune di Città di Castello [^\n]*\n@id/);
  const bare = sms('it', { ...params, host: `${'identity.'.repeat(8)}example.org` });
  expect(bare).not.toContain('Non darlo a nessuno');
  expect(bare).toMatch(/@identity\.\S+ #048213$/);
});

test('letters outside the default alphabet lose their accent, other signs become the nearest one', () => {
  expect(toGsm7('Città «Łódź» – Ștefan’s…')).toBe('Città "?odz" - Stefan\'s...');
  expect(toGsm7('È vero')).toBe('E vero');
  expect(toGsm7('😀')).toBe('?');
});

test('signs of the extension table take two places, others have no place', () => {
  expect(gsm7Length('€[]')).toBe(6);
  expect(gsm7Length('perché')).toBe(6);
  expect(gsm7Length('ê')).toBeUndefined();
});
