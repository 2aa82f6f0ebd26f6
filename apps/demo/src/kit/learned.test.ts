import { expect, test } from 'vitest';
import { claims } from '../claims.ts';
import type { Language } from './language.ts';
import { learnedPanel } from './learned.ts';
import type { Person } from './open-id-connect.ts';
import { isSteppedUp } from './open-id-connect.ts';
import type { KnownVisit, Portal } from './portal.ts';

const nowMs = Date.parse('2026-03-12T12:00:00Z');
const MINUTE_MS = 60_000;

const giulia: Person = {
  subject: 'pairwise-subject',
  details: { sub: 'pairwise-subject', email: 'giulia@example.org', email_verified: true, locale: 'it' },
  level: 2,
  acr: 'urn:sigillo:level:2',
  amr: ['pwd', 'otp', 'mfa'],
  authenticatedMs: nowMs - 2 * MINUTE_MS,
  idToken: 'secret-id-token',
  idTokenExpiresMs: nowMs + 60 * MINUTE_MS,
  accessToken: 'secret-access-token',
  accessTokenExpiresMs: nowMs + 10 * MINUTE_MS,
  accessTokenLifetimeSeconds: 600,
  refreshToken: undefined,
};

function panel(person: Person, language: Language): string {
  const portal = { design: claims, nowMs: () => nowMs } as unknown as Portal;
  const visit = { url: new URL('http://127.0.0.1:8083/'), language, session: { person } } as KnownVisit;
  return String(learnedPanel(portal, visit));
}

test('the panel says who, what, how strongly, with what, when and for how long, in plain words', () => {
  const text = panel(giulia, 'en')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  expect(text).toContain('Who you are here pairwise-subject');
  expect(text).toContain('E-mail giulia@example.org confirmed Language Italian');
  expect(text).toContain('Level 2 of 3: two different proofs urn:sigillo:level:2');
  expect(text).toContain('password and code from an app pwd otp mfa');
  expect(text).toContain('When you proved it today, 12:58');
  expect(text).toContain('10 minutes, expires today, 13:10');
  expect(text).toContain('Renewal without you not asked for');
});

test('the panel says the same in Italian', () => {
  const text = panel({ ...giulia, level: 1, amr: ['pwd'], refreshToken: 'r' }, 'it');
  expect(text).toContain('Livello 1 di 3: una prova');
  expect(text).toContain('finché non esci o ritiri il consenso');
  expect(text).toContain('Aggiorna i miei dati');
});

test('tokens never reach the page', () => {
  expect(panel({ ...giulia, refreshToken: 'secret-refresh-token' }, 'en')).not.toContain('secret-');
});

test('claims and methods without words of ours are shown under their own names, as text', () => {
  const details = { 'https://example.org/role': '<b>boss</b>', address: { locality: 'Roma' } };
  const text = panel({ ...giulia, details, amr: ['<i>'], acr: '"x"' }, 'en');
  expect(text).toContain('https://example.org/role');
  expect(text).toContain('&#60;b&#62;boss');
  expect(text).toContain('Roma');
  expect(text).not.toMatch(/<b>|<i>/);
});

test('what Sigillo did not say is said so', () => {
  const text = panel({ ...giulia, level: 0, acr: undefined, amr: [], authenticatedMs: undefined }, 'en');
  expect(text).toContain('Sigillo named no level');
  expect(text.match(/Sigillo did not say/g)).toHaveLength(2);
});

test('something sensitive needs level 2, proven within five minutes', () => {
  expect(isSteppedUp(giulia, nowMs + 3 * MINUTE_MS)).toBe(true);
  expect(isSteppedUp(giulia, nowMs + 3 * MINUTE_MS + 1)).toBe(false);
  expect(isSteppedUp({ ...giulia, level: 1 }, nowMs)).toBe(false);
  expect(isSteppedUp({ ...giulia, authenticatedMs: undefined }, nowMs)).toBe(false);
});
