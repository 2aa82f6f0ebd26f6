import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { loadConfig, readConfig, settingsReference, unknownVariables } from './config.ts';

const DEVELOPMENT = { SIGILLO_PROFILE: 'development' };
const PRODUCTION = {
  SIGILLO_ISSUER: 'https://id.example.org',
  SIGILLO_MASTER_KEY_FILE: '/run/secrets/sigillo',
  SIGILLO_SMTP_URL: 'smtps://mail.example.org',
  SIGILLO_SMTP_FROM: 'id@example.org',
  SIGILLO_SMS_URL: 'https://sms.example.org/send?to={{to}}',
};

test('development needs no setting but the profile', () => {
  const config = loadConfig(DEVELOPMENT);
  expect(config).toMatchObject({
    profile: 'development',
    issuer: 'http://localhost:8080',
    port: 8080,
    authenticator: { port: 8081, origin: 'http://localhost:8081', numbers: 'usual' },
    developmentHooks: true,
    database: { url: undefined, poolSize: 10 },
    passwords: { memoryKib: 19_456, passes: 2, lanes: 1 },
    sessions: { idleSeconds: 900, absoluteSeconds: 43_200 },
  });
});

test('where the authenticator app is can be said on nodes that do not serve it', () => {
  const origin = 'https://app.example.org';
  const { authenticator } = loadConfig({ ...PRODUCTION, SIGILLO_AUTHENTICATOR_ORIGIN: origin });
  expect(authenticator).toEqual({ port: undefined, origin, numbers: 'usual' });
});

test('the default profile is production', () => {
  expect(loadConfig(PRODUCTION)).toMatchObject({ profile: 'production', developmentHooks: false });
});

test.each<[string, Record<string, string>]>([
  ['development hooks', { SIGILLO_DEVELOPMENT_HOOKS: 'true' }],
  ['accounts with known passwords', { SIGILLO_DEMONSTRATION_DATA: 'true' }],
  ['an outbox instead of SMS', { SIGILLO_SMS_PROVIDER: 'outbox' }],
  ['an outbox instead of e-mail', { SIGILLO_SMTP_URL: '' }],
  ['plain http off loopback', { SIGILLO_ISSUER: 'http://id.example.org' }],
  ['no issuer', { SIGILLO_ISSUER: '' }],
  ['an authenticator app at no address', { SIGILLO_AUTHENTICATOR_PORT: '8081' }],
  ['an authenticator app over plain http', { SIGILLO_AUTHENTICATOR_ORIGIN: 'http://app.example.org' }],
  [
    'an authenticator app on the origin of the portal',
    { SIGILLO_AUTHENTICATOR_ORIGIN: 'https://id.example.org' },
  ],
  ['no master key', { SIGILLO_MASTER_KEY_FILE: '' }],
])('[SUP-1] production refuses %s', (_name, change) => {
  expect(() => loadConfig({ ...PRODUCTION, ...change })).toThrow(StartRefused);
  expect(() => loadConfig({ ...PRODUCTION, ...change, SIGILLO_PROFILE: 'production' })).toThrow(StartRefused);
});

test('[SUP-1] production refuses development switches in the file too', () => {
  for (const file of [
    { developmentHooks: true },
    { demonstrationData: true },
    { sms: { provider: 'outbox' } },
  ]) {
    expect(() => loadConfig(PRODUCTION, file)).toThrow(/refused in production/);
  }
});

test('production on loopback may be plain http', () => {
  for (const issuer of ['http://localhost:9000', 'http://127.0.0.1:9000', 'http://[::1]:9000']) {
    expect(loadConfig({ ...PRODUCTION, SIGILLO_ISSUER: issuer }).issuer).toBe(issuer);
  }
});

test('all faults are told at once, each on its line, and no value is repeated', () => {
  const env = {
    SIGILLO_PORT: 'canary-1',
    SIGILLO_TRUSTED_PROXIES: '10.0.0.0/8, canary-2',
    SIGILLO_ISSUER: 'https://id.example.org/canary-3',
    DATABASE_URL: 'mysql://canary-4',
  };
  let message = '';
  try {
    loadConfig(env, { sessions: { idleSeconds: 5 }, prot: 8080, database: { pool: 3 } });
  } catch (refusal) {
    message = String(refusal);
  }
  for (const name of [
    ...Object.keys(env),
    'SIGILLO_SESSION_IDLE_SECONDS',
    'SIGILLO_MASTER_KEY_FILE or SIGILLO_MASTER_KEY has to be set',
    'SIGILLO_SMTP_URL has to name',
    'SIGILLO_SMS_URL has to name',
    'prot in the file',
    'database.pool in the file',
  ]) {
    expect(message).toContain(name);
  }
  // The issuer is told of once, though a broken one is none either.
  expect(message.split('\n')).toHaveLength(11);
  expect(message).not.toContain('canary');
});

test('a fault of the file is told together with those of the environment', () => {
  const read = () => readConfig({ SIGILLO_CONFIG: '/nowhere/sigillo.json', SIGILLO_PORT: 'canary' });
  expect(read).toThrow(/nowhere[\s\S]*SIGILLO_PORT[\s\S]*SIGILLO_ISSUER[\s\S]*SIGILLO_SMTP_URL/);
  expect(read).not.toThrow(/canary/);
});

test('variables that look like settings and are none are found', () => {
  const env = { SIGILLO_PORT: '1', SIGILLO_PROT: '1', SIGILLO_CONFIG: 'x', DATABASE_URL: 'x', HOME: '/' };
  expect(unknownVariables(env)).toEqual(['SIGILLO_PROT']);
});

test('the environment goes before the file, an empty variable is unset', () => {
  const file = {
    port: 9001,
    database: { poolSize: 20 },
    trustedProxies: ['::1'],
    sms: { headers: { a: 'b' } },
  };
  const config = loadConfig({ ...DEVELOPMENT, SIGILLO_PORT: '9002', SIGILLO_DATABASE_POOL_SIZE: '' }, file);
  expect(config).toMatchObject({
    port: 9002,
    issuer: 'http://localhost:9002',
    database: { poolSize: 20 },
    trustedProxies: ['::1'],
    sms: { headers: { a: 'b' } },
  });
});

test('lists, dictionaries and switches are written as text in the environment', () => {
  const config = loadConfig({
    ...DEVELOPMENT,
    SIGILLO_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32',
    SIGILLO_PHONE_COUNTRIES: 'IT,FR',
    SIGILLO_SMS_HEADERS: '{"authorization":"Bearer x"}',
    SIGILLO_SMS_ENABLED: 'false',
  });
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '2001:db8::/32']);
  expect(config.sms).toMatchObject({
    countries: ['IT', 'FR'],
    headers: { authorization: 'Bearer x' },
    enabled: false,
  });
  expect(() => loadConfig({ ...DEVELOPMENT, SIGILLO_SMS_HEADERS: '[1]' })).toThrow(/SIGILLO_SMS_HEADERS/);
});

test('[SES-2] sessions cannot be made longer than the rule allows', () => {
  const load = (env: Record<string, string>) => loadConfig({ ...DEVELOPMENT, ...env }).sessions;
  expect(load({ SIGILLO_SESSION_IDLE_SECONDS: '3600' }).idleSeconds).toBe(3_600);
  expect(() => load({ SIGILLO_SESSION_IDLE_SECONDS: '3601' })).toThrow(StartRefused);
  expect(load({ SIGILLO_SESSION_SECONDS: '86400' }).absoluteSeconds).toBe(86_400);
  expect(() => load({ SIGILLO_SESSION_SECONDS: '86401' })).toThrow(StartRefused);
  expect(() => load({ SIGILLO_SESSION_SECONDS: '600' })).toThrow(/cannot be more than/);
});

test('[PW-4] password hashes cannot be made cheaper than the rule allows', () => {
  const load = (memoryKib: number, passes: number) =>
    loadConfig({
      ...DEVELOPMENT,
      SIGILLO_PASSWORD_MEMORY_KIB: String(memoryKib),
      SIGILLO_PASSWORD_PASSES: String(passes),
    }).passwords;
  expect(load(19_456, 2)).toMatchObject({ memoryKib: 19_456, passes: 2 });
  expect(load(47_104, 1)).toMatchObject({ memoryKib: 47_104, passes: 1 });
  expect(() => load(47_103, 1)).toThrow(StartRefused);
  expect(() => load(19_455, 3)).toThrow(StartRefused);
});

test('a configuration file that is missing or no JSON is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sigillo-config-'));
  const file = join(folder, 'sigillo.json');
  const read = () => readConfig({ ...DEVELOPMENT, SIGILLO_CONFIG: file });
  expect(read).toThrow(file);
  writeFileSync(file, '{');
  expect(read).toThrow(/is not JSON/);
  writeFileSync(file, '{"port": 9100}');
  expect(read().port).toBe(9100);
  writeFileSync(file, '[]');
  expect(read).toThrow(/JSON object/);
  rmSync(folder, { recursive: true });
});

test('the reference has a sentence and a unique name for every setting, and shows no secret', () => {
  const rows = settingsReference();
  expect(new Set(rows.map((row) => row.env)).size).toBe(rows.length);
  for (const row of rows) {
    expect(row.says).toMatch(/^[A-Z].*\.$/);
    expect(row.env).toMatch(/^(SIGILLO_[A-Z0-9_]+|DATABASE_URL)$/);
    if (row.isSecret) expect(['', '{}']).toContain(row.standard.production);
  }
  expect(rows.find((row) => row.key === 'sms.provider')?.standard).toEqual({
    production: 'http',
    development: 'outbox',
    test: 'outbox',
  });
});

test('hosts that may be private are named with their port', () => {
  const env = {
    SIGILLO_PROFILE: 'development',
    SIGILLO_OUTGOING_ALLOWED_HOSTS: 'Push.intranet:443, [fd00::1]:8443',
  };
  expect(loadConfig(env).outgoing.allowedHosts).toEqual(['push.intranet:443', '[fd00::1]:8443']);
  for (const host of ['push.intranet', 'https://push.intranet', 'push.intranet:443/push'])
    expect(() => loadConfig({ ...env, SIGILLO_OUTGOING_ALLOWED_HOSTS: host })).toThrow(
      /OUTGOING_ALLOWED_HOSTS/,
    );
});
