import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COOKIES } from '../../apps/server/src/platform/http/cookies.ts';
import { good, isSignedIn, outcome, signIn, tryPassword } from '../setup/journeys.ts';
import {
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  populatedInstallation,
} from '../setup/populated.ts';
import type { Prepared } from '../setup/prepared.ts';
import { INERT, SCENARIOS } from '../setup/scenarios.ts';
import { tablesOf } from '../setup/table-contents.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2, { SIGILLO_LOG_LEVEL: 'trace' });
});
afterAll(() => on[Symbol.asyncDispose]());

/** Text and bytes as somebody would look for them who has a copy of the database. */
interface Dump {
  texts: string[];
  /** `bytea` values, byte for byte. */
  bytes: string[];
}

/** Every value of every row of every table, its place in front. */
async function dump(): Promise<Dump> {
  const { db } = on.database;
  const found: Dump = { texts: [], bytes: [] };
  for (const table of await tablesOf(db)) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) as row from ${sql.table(table)} t`.execute(db);
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row)) {
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        const isBytes = text?.startsWith('\\x') ?? false;
        const place = `${table}.${column}: `;
        if (isBytes) found.bytes.push(place + Buffer.from(text.slice(2), 'hex').toString('latin1'));
        else if (text) found.texts.push(place + text);
      }
  }
  return found;
}

/** A secret in every form it could be written down in. */
function formsOf(secret: string): string[] {
  if (/^\d{6}$/.test(secret)) return [secret];
  const asIs = Buffer.from(secret);
  const decoded = Buffer.from(secret, 'base64url');
  const withoutDashes = Buffer.from(secret.replaceAll('-', ''));
  const forms = [
    asIs,
    withoutDashes,
    ...(decoded.length >= 16 ? [decoded, decoded.subarray(16), decoded.subarray(32)] : []),
  ]
    .filter((bytes) => bytes.length >= 10)
    .flatMap((bytes) => [
      bytes.toString('latin1'),
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]);
  return [...new Set(forms)];
}

/** Where any of the secrets stands; six digits count when they are a number by themselves. */
function findAll(secrets: Iterable<string>, places: readonly string[]): string[] {
  const found: string[] = [];
  for (const secret of secrets)
    for (const form of formsOf(secret)) {
      const isHere = /^\d{6}$/.test(form)
        ? (text: string) => new RegExp(`(?<![\\w.-])${form}(?![\\w-])`).test(text)
        : (text: string) => text.includes(form);
      const place = places.find(isHere);
      if (place) found.push(`${secret} in ${place.slice(0, 60)}`);
    }
  return found;
}

const SECRET_NAMES = ['password', 'code', 'codes', 'token', 'key', 'keyUri', 'seed'];

/** Values under secret names anywhere in what was sent or answered. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const isSecret = SECRET_NAMES.includes(name) && inner !== null;
    return isSecret ? [inner].flat().map(String) : secretsIn(inner);
  });
}

const SECRET_COOKIES: string[] = [COOKIES.browser, COOKIES.session, COOKIES.recognised];

/** Those of a protocol's waiting request are left out: what they hold stands in the address of its page. */
const cookiesOf = ({ browser }: Prepared) =>
  [...browser.cookies].filter(([name]) => SECRET_COOKIES.includes(name)).map(([, value]) => value);

/** Goes through every write of the API, once failing and once succeeding; every secret that passed. */
async function everySecret(): Promise<Set<string>> {
  const secrets = new Set<string>();
  const learn = (more: string[]) => more.forEach((secret) => void secrets.add(secret));
  for (const [operation, prepare] of Object.entries(SCENARIOS)) {
    const prepared = await prepare(on);
    const { browser, method, path, body, holder } = prepared;
    learn([...secretsIn(body), ...cookiesOf(prepared)]);
    await sql`alter table audit rename to audit_elsewhere`.execute(on.database.db);
    const { status } = await browser.request(method, path, body);
    if (!(operation in INERT)) expect([operation, status]).toEqual([operation, 500]);
    await sql`alter table audit_elsewhere rename to audit`.execute(on.database.db);
    if ('code' in body) await browser.request(method, path, { ...body, code: '000000' });
    if (Object.keys(body).length > 0) await browser.request(method, path, { ...body, unknown: 'x' });
    const answer = await browser.request(method, path, body);
    expect([operation, answer.status < 300]).toEqual([operation, true]);
    learn([...secretsIn(await answer.json().catch(() => null)), ...cookiesOf(prepared)]);
    if (holder) learn([Buffer.from(holder.seed).toString('base64url')]);
  }
  return secrets;
}

describe('after everything was done once', () => {
  let secrets: Set<string>;
  let stored: Dump;
  beforeAll(async () => {
    secrets = await everySecret();
    await tryPassword(on.browser(), 'stranger@example.org', 'the password of a stranger');
    secrets.add('the password of a stranger');
    stored = await dump();
  }, 120_000);

  test('the search finds what is there, as text or as bytes', async () => {
    const { user_id } = await on.database.db.selectFrom('account').selectAll().executeTakeFirstOrThrow();
    const { token_hash } = await on.database.db.selectFrom('session').selectAll().executeTakeFirstOrThrow();
    expect(findAll([user_id], stored.texts)).not.toEqual([]);
    expect(findAll([token_hash.toString('base64url')], stored.bytes)).not.toEqual([]);
    expect(findAll(['123456'], ['took 123456 ms'])).not.toEqual([]);
    expect(secrets.size).toBeGreaterThan(60);
    for (const shape of [
      /^\d{6}$/,
      /^[A-Z2-7]{32}$/,
      /^[\w-]{64}$/,
      /^[\w-]{86}$/,
      /^[\w-]{43}$/,
      /^otpauth:/,
    ])
      expect([...secrets].some((secret) => shape.test(secret))).toBe(true);
  });

  test('[AUD-3] no node wrote a password, code, token, key or cookie into its log', () => {
    const logs = on.nodes.map((node) => node.output());
    expect(logs.join('').split('\n').length).toBeGreaterThan(150);
    expect(logs.join('')).toContain('internal-error');
    expect(
      findAll(
        secrets,
        logs.flatMap((log) => log.split('\n')),
      ),
    ).toEqual([]);
  });

  test('[AUD-3] nor anybody’s e-mail address, telephone number or browser, nor what stood behind a question mark', () => {
    const lines = on.nodes.flatMap((node) => node.output().split('\n'));
    expect(lines.filter((line) => /@example\.org|\+?39333\d|Mozilla|\?\w+=/.test(line))).toEqual([]);
  });

  test('[AUD-3] nor is any in the database, as text or as bytes', () => {
    expect(findAll(secrets, [...stored.texts, ...stored.bytes])).toEqual([]);
  });

  test('[CRY-3] addresses, numbers, seeds and hashes cannot be read in any table', async () => {
    const everything = [...stored.texts, ...stored.bytes];
    const known = ['holder.1@example.org', 'newcomer.1@example.org', '+393339998877', 'asker@example.org'];
    expect(findAll(known, everything)).toEqual([]);
    // The range of a number, which thousands share, is no number.
    expect(everything.filter((value) => /argon2|\$v=19\$|@example\.org|\+39333\d/.test(value))).toEqual([]);
  });
});

describe('a sealed value', () => {
  /** Gives one account's values to another, as somebody would who may write to the database. */
  async function moveSecrets(from: Holder, to: Holder): Promise<void> {
    await sql`update authenticator t set secret_sealed = s.secret_sealed from authenticator s
      where s.account_id = ${from.id} and t.account_id = ${to.id} and s.type = t.type`.execute(
      on.database.db,
    );
  }
  async function moveAddresses(from: Holder, to: Holder): Promise<void> {
    await sql`update contact t set address_sealed = s.address_sealed from contact s
      where s.account_id = ${from.id} and t.account_id = ${to.id} and s.kind = t.kind`.execute(
      on.database.db,
    );
  }

  test('[CRY-3] a password or seed moved to another account opens nothing there', async () => {
    const [thief, victim] = await on.holders(2, { totp: true });
    await signIn(on, on.browser(), victim!);
    await moveSecrets(thief!, victim!);
    const browser = on.browser();
    expect(outcome(await tryPassword(browser, victim!.email, PASSWORD))).toBe('500 internal-error');
    expect(await isSignedIn(browser)).toBe(false);
    await signIn(on, on.browser(1), thief!);
  });

  test('[CRY-3] an address moved to another account gets no letter of that account', async () => {
    const [thief, victim] = await on.holders(2);
    await moveAddresses(thief!, victim!);
    const asked = await on.browser().post('/api/password-resets', { identifier: victim!.email });
    expect(outcome(asked)).toBe('500 internal-error');
    expect(await on.dev.outbox(thief!.email)).toEqual([]);
    good(await on.browser().post('/api/password-resets', { identifier: thief!.email }));
  });
});
