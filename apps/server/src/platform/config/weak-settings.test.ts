import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { weakSettings } from './weak-settings.ts';

const STRONG = {
  SIGILLO_ISSUER: 'https://id.example.org',
  SIGILLO_MASTER_KEY_FILE: '/run/secrets/sigillo',
  SIGILLO_SMTP_URL: 'smtps://mail.example.org',
  SIGILLO_SMTP_FROM: 'id@example.org',
  SIGILLO_SMS_URL: 'https://sms.example.org/send?to={{to}}',
  SIGILLO_TRUSTED_PROXIES: '10.0.0.1',
  SIGILLO_AUDIT_CHECKPOINT_FILE: '/var/log/sigillo/checkpoints.txt',
  DATABASE_URL: 'postgres://sigillo:pw@db.example.org/sigillo?sslmode=verify-full',
};

test('a production installation as the guide describes it has no weakness', () => {
  expect(weakSettings(loadConfig(STRONG))).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ['SIGILLO_PROFILE', { SIGILLO_PROFILE: 'test' }],
  ['DATABASE_URL', { DATABASE_URL: '' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://sigillo:pw@db.example.org/sigillo' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://db.example.org/sigillo?sslmode=prefer' }],
  ['SIGILLO_MASTER_KEY', { SIGILLO_MASTER_KEY_FILE: '', SIGILLO_MASTER_KEY: 'x' }],
  ['SIGILLO_PREVIOUS_MASTER_KEY', { SIGILLO_PREVIOUS_MASTER_KEY_FILE: '/old' }],
  ['SIGILLO_LOG_LEVEL', { SIGILLO_LOG_LEVEL: 'trace' }],
  ['SIGILLO_TRUSTED_PROXIES', { SIGILLO_TRUSTED_PROXIES: '' }],
  ['SIGILLO_TRUSTED_PROXIES', { SIGILLO_TRUSTED_PROXIES: '::/0' }],
  ['SIGILLO_AUDIT_CHECKPOINT_FILE', { SIGILLO_AUDIT_CHECKPOINT_FILE: '' }],
])('%s may stand as %j, and is warned of', (name, change) => {
  const said = weakSettings(loadConfig({ ...STRONG, ...change }));
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(new RegExp(`^${name} `));
});

test.each([
  'postgres://localhost/x',
  'postgres://127.0.0.1/x',
  'postgres://u@localhost/x?host=/run/postgresql',
])('a database on the same computer needs no TLS: %s', (url) => {
  expect(weakSettings(loadConfig({ ...STRONG, DATABASE_URL: url }))).toEqual([]);
});
