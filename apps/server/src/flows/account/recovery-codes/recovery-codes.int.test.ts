import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  outcome,
  recover,
  signIn,
  tryCode,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { inTransaction } from '../../../platform/database/database.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const issue = (browser: HttpBrowser) =>
  browser.post<{ codes: string[]; issuedAt: string }>('/api/account/recovery-codes');

/** Uses a code in a recovery of its own, which is left there. */
async function use(holder: Holder, code: string): Promise<string> {
  const browser = on.browser(1);
  const ceremony = await recover(browser, holder);
  const offered = ceremony.options.some((one) => one.method === 'recovery-code');
  return offered ? outcome(await tryCode(browser, ceremony, 'recovery-code', code)) : 'not offered';
}

const codesLeft = async (browser: HttpBrowser) =>
  good(await browser.get<{ recoveryCodes: { left: number } | null }>('/api/account')).recoveryCodes?.left;

test('[REC-1] ten codes of 80 random bits, stored as slow salted hashes, sealed', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  const { codes } = good(await issue(browser));
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code.replace(/[^0-9A-Z]/gi, '')).toHaveLength(16);

  const { db } = on.database;
  const rows = await db.selectFrom('recovery_code').selectAll().where('account_id', '=', holder.id).execute();
  expect(rows).toHaveLength(10);
  const stored = await inTransaction(db, (tx) =>
    on.stores.codes.unused(tx, holder.id, rows[0]!.authenticator_id),
  );
  const hashes = stored.map(({ hash }) => hash.toString());
  for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(new Set(hashes.map((hash) => hash.split('$')[4])).size).toBe(10);
  expect(Buffer.concat(rows.map((row) => row.hash_sealed)).toString('latin1')).not.toContain('argon2');
});

test('[REC-1] each works once, however it is typed; its use and its issue are told by e-mail', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  const { codes } = good(await issue(browser));
  const issued = await on.dev.newest(holder.email);
  const [first = '', second = ''] = codes;
  expect(await use(holder, first)).toBe('200');
  expect(await use(holder, first)).toBe('422 code-rejected');
  expect(await use(holder, ` ${second.toLowerCase().replaceAll('-', ' ')} `)).toBe('200');
  expect(await codesLeft(browser)).toBe(8);
  const used = await on.dev.newest(holder.email, 2);
  expect(used.subject).not.toBe(issued.subject);
  for (const { text } of [issued, used]) for (const code of codes) expect(text).not.toContain(code);
});

test('[REC-1] new ones void all older ones, used or not', async () => {
  const holder = await on.holder({ totp: true });
  const browser = await signIn(on, on.browser(), holder);
  const old = good(await issue(browser)).codes;
  const fresh = good(await issue(browser.at(on.nodes[1]!.url))).codes;
  for (const code of old.slice(0, 3)) expect(await use(holder, code)).toBe('422 code-rejected');
  expect(await use(holder, fresh[0]!)).toBe('200');
  expect(await codesLeft(browser)).toBe(9);
});

test('[REC-1] a code never signs in: it is no second factor', async () => {
  const holder = await on.holder({ totp: true });
  const [code = ''] = good(await issue(await signIn(on, on.browser(), holder))).codes;
  const browser = on.browser();
  const ceremony = await enterPassword(browser, holder);
  const { id: target } = await on.database.db
    .selectFrom('authenticator')
    .select('id')
    .where('account_id', '=', holder.id)
    .where('type', '=', 'recovery-code')
    .executeTakeFirstOrThrow();
  for (const slot of ['first', 'second', 'recovery']) {
    const proof = { slot, method: 'recovery-code', target, code };
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/proofs`, proof))).toBe(
      '409 method-unavailable',
    );
  }
});

test('[REC-1] another account’s code is refused, and wrong ones are counted', async () => {
  const [mine, theirs] = await on.holders(2, { totp: true });
  const { codes } = good(await issue(await signIn(on, on.browser(), mine!)));
  good(await issue(await signIn(on, on.browser(), theirs!)));
  for (let tried = 0; tried < 5; tried++) expect(await use(theirs!, codes[tried]!)).toBe('422 code-rejected');
  expect(await use(theirs!, codes[5]!)).toBe('429 too-many-tries');
});
