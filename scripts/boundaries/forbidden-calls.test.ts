import { expect, test } from 'vitest';
import { checkSources } from '../check-boundaries.ts';
import { findDatabaseClock, findForbiddenCalls } from './forbidden-calls.ts';

const SERVER = 'apps/server/src/flows/x.service.ts';
const rulesBroken = (path: string, source: string) =>
  findForbiddenCalls(path, source).map(({ rule }) => rule);

test('[CRY-1] Math.random is refused everywhere in the product', () => {
  const source = 'const code = Math.floor(Math.random() * 1e6)';
  for (const path of [SERVER, 'apps/portal/src/x.tsx', 'packages/otp/src/x.ts']) {
    expect(rulesBroken(path, source)).toEqual(['unguessable-randomness']);
  }
});

test('[CRY-1] MD5 and SHA-1 are refused, by every way to ask for them', () => {
  const calls = [
    `createHash('md5')`,
    `crypto.createHash("SHA1")`,
    'createHmac(`sha1`, key)',
    `createSign('RSA-SHA1')`,
    `hash('sha1', data)`,
    `crypto.subtle.digest('SHA-1', data)`,
  ];
  for (const call of calls) expect(rulesBroken(SERVER, call)).toEqual(['sound-hashes']);
  expect(rulesBroken(SERVER, `createHash('sha256'); createHmac('sha512', key)`)).toEqual([]);
});

test('[CRY-1] HMAC-SHA-1 is left to those whose standard asks for it: one-time codes, callbacks of one provider', () => {
  for (const path of ['packages/otp/src/hotp.ts', 'apps/server/src/platform/messages/twilio-signature.ts'])
    expect(rulesBroken(path, `createHmac('sha1', key)`)).toEqual([]);
});

test('the server takes the time from its clock alone', () => {
  for (const source of ['Date.now()', 'new Date()', 'new Date', 'Date()']) {
    expect(rulesBroken(SERVER, source)).toEqual(['time-comes-from-the-clock']);
    expect(rulesBroken('apps/server/src/platform/clock/clock.ts', source)).toEqual([]);
    expect(rulesBroken('apps/portal/src/x.tsx', source)).toEqual([]);
  }
  expect(rulesBroken(SERVER, 'new Date(nowMs); performance.now(); clock.now()')).toEqual([]);
});

test('SQL does not read the clock of the database, in code or in a migration', () => {
  expect(rulesBroken(SERVER, 'sql`select * from x where until < now()`')).toEqual([
    'time-comes-from-the-clock',
  ]);
  expect(rulesBroken(SERVER, 'sql`update x set at = CURRENT_TIMESTAMP`')).toEqual([
    'time-comes-from-the-clock',
  ]);
  expect(rulesBroken(SERVER, `throw new Error('It is now (or never)')`)).toEqual([]);
  const migration = 'create table x (\n  at timestamptz default now() -- select now()\n); -- default now()';
  expect(findDatabaseClock('0002_x.sql', migration).map(({ line }) => line)).toEqual([2]);
});

// It reads every source there is, which takes a busy machine a while.
test('[CRY-1] the sources of the product keep these rules', { timeout: 30_000 }, () => {
  const { files, violations } = checkSources();
  expect(files).toBeGreaterThan(100);
  expect(violations).toEqual([]);
});
