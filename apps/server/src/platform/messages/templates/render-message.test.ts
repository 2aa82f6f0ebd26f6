import brand from '@sigillo/ui/brand.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { SAMPLE_NOTICES } from './holder-notices.fixture.ts';
import { checkContent, messageRenderer } from './render-message.ts';

const renderer = messageRenderer({ brand, issuer: 'https://id.example.org', timeZone: 'Europe/Rome' });
const link = 'https://id.example.org/register/confirm#Zk3v0l8Jq1mC2s4T5u6w7x8y9z0AbCd&a=b';
const notice = { when: '2024-11-21T21:12:00.000Z', browser: 'Firefox, Windows', place: 'IT' };

/** Every e-mail with the parameters its callers give. */
const emails: Record<string, Record<string, string>> = {
  'confirm-address': { link, minutes: '1440' },
  'account-ready': { userId: '7K2M9QX4TB' },
  'already-registered': {
    signInLink: 'https://id.example.org/sign-in',
    resetLink: 'https://id.example.org/forgot-password',
  },
  'password-reset': { link, minutes: '30', browser: 'Firefox, Windows', place: 'local' },
  ...Object.fromEntries(
    Object.entries(SAMPLE_NOTICES).map(([name, params]) => [name, { ...notice, ...params }]),
  ),
  'data-export-ready': {
    link: 'https://id.example.org/data-export#abc',
    untilWhen: '2026-12-06T10:00:00.000Z',
  },
  'account-erased': { identityUntil: '2046-11-22', accessUntil: '2028-11-22' },
  'credential-used': { ...notice, provider: 'Claims portal' },
  'credential-refused': notice,
  'email-code': { code: '048213', minutes: '10', action: 'recover' },
  'support-request': {
    reference: 'R-7KQ2M9',
    from: 'anna@example.org',
    name: 'Anna Rossi',
    topic: 'second-factor',
    caseNumber: '2024/00123',
    message: 'Good morning,\nmy phone is new.\n\nAnna',
    portal: 'Claims portal',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  },
  'support-received': { reference: 'R-7KQ2M9' },
  'sms-prefix-stopped': {
    prefix: '+39375',
    sent: '100',
    confirmed: '3',
    untilWhen: '2026-11-22T10:00:00.000Z',
  },
  'sms-budget-nearly-spent': { spent: '40.00 EUR', budget: '50.00 EUR', prefix: '+39' },
};
const languages = ['it', 'en'] as const;
const each = languages.flatMap((language) => Object.keys(emails).map((template) => ({ language, template })));
const write = (template: string, language: 'it' | 'en', changes: Record<string, string> = {}) =>
  renderer.email({ template, params: { ...emails[template], ...changes } }, language);

describe.each(each)('$template in $language', ({ language, template }) => {
  const email = write(template, language);

  test('has a subject and both parts, with nothing left to fill in', () => {
    for (const part of [email.subject, email.text, email.html]) {
      expect(part.trim()).not.toBe('');
      expect(part).not.toMatch(/\{\{|\}\}|undefined|\bnull\b|\[object/);
    }
    expect(email.html).toContain(`<html lang="${language}">`);
  });

  test('fetches nothing and runs nothing', () => {
    expect(email.html).not.toMatch(
      /<(img|script|link|iframe|object|form|svg)\b|\bsrc=|url\(|@import|\son\w+=/i,
    );
  });

  test('the text part holds every link and value of the HTML part', () => {
    for (const [, href = ''] of email.html.matchAll(/href="([^"]*)"/g)) {
      expect(email.text).toContain(href.replaceAll('&amp;', '&'));
    }
    for (const name of ['code', 'label', 'reference', 'browser'] as const) {
      const value = emails[template]?.[name];
      if (value) expect(email.text).toContain(value);
    }
    expect(email.text).not.toMatch(/<\w+|&amp;|&#/);
    for (const line of email.text.split('\n')) {
      if (!/https?:|Mozilla/.test(line)) expect(line.length).toBeLessThanOrEqual(76);
    }
  });

  test('[WEB-6] hostile parameters stay text: no markup, no placeholder, no second header line', () => {
    const hostile =
      '"><img src=x onerror=alert(1)>\r\nBcc: all@example.org {{service}} $t(footer.origin) \u202e\u0000';
    const free = [
      'label',
      'browser',
      'name',
      'caseNumber',
      'message',
      'portal',
      'userAgent',
      'reference',
      'from',
    ];
    const given = free.filter((name) => emails[template]?.[name] !== undefined);
    const email = write(template, language, Object.fromEntries(given.map((name) => [name, hostile])));

    expect(email.html).not.toContain('<img');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    expect(email.subject + (email.replyTo ?? '')).not.toMatch(/[\u0000-\u001f\u202e]/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    expect(email.text + email.html).not.toMatch(/[\u0000\r\u202e]/);
    if (given.length > 0) expect(email.text).toContain('{{service}} $t(footer.origin)');
  });
});

test('times are written in the words and the zone of the reader', () => {
  expect(write('password-changed', 'it').text).toContain('giovedì 21 novembre 2024 alle ore 22:12 CET');
  expect(write('password-changed', 'en').text).toMatch(/Thursday,? 21 November 2024 at 22:12 CET/);
  const summer = { when: '2025-07-01T10:00:00Z' };
  expect(write('password-changed', 'en', summer).text).toContain('12:00 CEST');
});

test('a place is named in the language of the reader', () => {
  expect(write('password-changed', 'it').text).toContain('Italia');
  expect(write('password-changed', 'en').text).toContain('Italy');
  expect(write('password-reset', 'en').text).toContain('own network');
  expect(write('password-changed', 'en', { place: '' }).text).not.toContain('Place');
});

test('plural forms and lifetimes read naturally', () => {
  expect(write('recovery-code-used', 'it', { left: '0' }).text).toContain('Non te ne restano altri');
  expect(write('recovery-code-used', 'it', { left: '1' }).text).toContain('Te ne resta 1');
  expect(write('recovery-code-used', 'en', { left: '7' }).text).toContain('You have 7 left.');
  expect(write('confirm-address', 'it').text).toContain('entro 24 ore');
  expect(write('email-code', 'en', { minutes: '1' }).text).toContain('within 1 minute.');
});

test('an answer to a support request goes to whoever wrote; no other e-mail takes answers', () => {
  for (const { template, language } of each) {
    expect(write(template, language).replyTo).toBe(
      template === 'support-request' ? 'anna@example.org' : undefined,
    );
  }
});

test('a link that is no web address is refused', () => {
  expect(() => write('confirm-address', 'it', { link: 'javascript:alert(1)' })).toThrow(RangeError);
  expect(() => write('confirm-address', 'it', { link: 'not a link' })).toThrow(TypeError);
});

test('an unknown template, action or factor and a missing parameter are refused', () => {
  expect(() => renderer.email({ template: 'nothing', params: {} }, 'it')).toThrow('no email message nothing');
  expect(() => renderer.email({ template: 'constructor', params: {} }, 'it')).toThrow('no email message');
  expect(() => checkContent('sms', { template: 'password-reset', params: {} })).toThrow('no sms message');
  expect(() => checkContent('email', { template: 'password-reset', params: { link } })).toThrow(
    'needs minutes',
  );
  expect(() => write('email-code', 'en', { action: 'other' })).toThrow('No en text');
  expect(() => write('factor-added', 'en', { factor: 'pigeon' })).toThrow('No en text');
  expect(() => write('password-changed', 'en', { when: 'yesterday' })).toThrow(RangeError);
});
