import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '@sigillo/pskc';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../../../../tests/setup/command.ts';
import {
  addToken,
  CSV_HEAD,
  putInStock,
  type Token,
  takeIn,
  tokenCode,
  tokenPair,
} from '../../../../../tests/setup/hardware-token.ts';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  outcome,
  signIn,
  stepUpOf,
  tryCode,
  tryFinish,
} from '../../../../../tests/setup/journeys.ts';
import { judge } from '../../../../../tests/setup/judge.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../tests/setup/populated.ts';
import { NOBODY, readAudit } from '../../platform/audit/audit.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/ids.ts';
import { restoredStore } from '../../stores/gate/restored.store.ts';

const oathtool = judge('oathtool', 'apt-get install oathtool');
const REFUSED = '422 code-rejected';
const STEP_MS = 30_000;

oathtool.describe('hardware tokens', () => {
  let folder: string;
  let on: PopulatedInstallation;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigillo-tokens-'));
    on = await populatedInstallation(2);
  });
  afterAll(async () => {
    await on[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  let made = 0;
  /** Tokens that are in stock. */
  async function tokens(count: number, kind: Token['kind'], digits = 6): Promise<Token[]> {
    const fresh = Array.from({ length: count }, () => {
      made += 1;
      return { serial: `${kind}${made}`.toUpperCase(), seed: newSecret(20), kind, digits };
    });
    await putInStock(on, fresh);
    return fresh;
  }

  async function importFile(name: string, content: string, ...options: string[]) {
    const file = join(folder, name);
    await writeFile(file, content);
    return runCommand(on, { folder }, ['tokens', 'import', file, ...options]);
  }

  const code = (token: Token, at: number) => tokenCode(oathtool, token, at);
  const pair = (token: Token, at: number) => tokenPair(oathtool, token, at);

  /** Begins to add a token, which is offered; gives what hands its codes in. */
  async function adding(browser: HttpBrowser, serial: string) {
    const { ceremony, finish } = await addToken(browser, serial);
    expect(ceremony.setUp?.methods).toContain('hardware-token');
    return finish;
  }

  /** A holder who has activated a token at this counter or moment. */
  async function holderOf(token: Token, at: number): Promise<Holder> {
    const holder = await on.holder();
    const browser = await signIn(on, on.browser(), holder);
    const finish = await adding(browser, token.serial);
    good(await finish(pair(token, at)));
    return holder;
  }

  /** A sign-in that has come as far as the token. */
  async function entered(holder: Holder, node = 0): Promise<{ browser: HttpBrowser; ceremony: Ceremony }> {
    const browser = on.browser(node);
    return { browser, ceremony: await enterPassword(browser, holder) };
  }

  /** What comes of signing in with what was typed. */
  async function signInWith(holder: Holder, typed: string): Promise<string> {
    const { browser, ceremony } = await entered(holder);
    return outcome(await tryCode(browser, ceremony, 'hardware-token', typed));
  }

  test('[OTP-3] a counter-based token: ten codes beyond the next are accepted, eleven are refused, two consecutive ones find it again', async () => {
    const [token] = (await tokens(1, 'hotp')) as [Token];
    const holder = await holderOf(token, 0);
    // Codes 0 and 1 were spent: 2 is the next one.
    expect(await signInWith(holder, code(token, 2 + 11))).toBe(REFUSED);
    expect(await signInWith(holder, code(token, 2 + 10))).toBe('200');
    expect(await signInWith(holder, code(token, 2 + 10))).toBe(REFUSED);
    expect(await signInWith(holder, code(token, 5))).toBe(REFUSED);
    expect(await signInWith(holder, code(token, 300))).toBe(REFUSED);
    expect(await signInWith(holder, `${code(token, 300)} ${code(token, 302)}`)).toBe(REFUSED);
    expect(await signInWith(holder, pair(token, 300))).toBe('200');
    expect(await signInWith(holder, pair(token, 300))).toBe(REFUSED);
    expect(await signInWith(holder, code(token, 302))).toBe('200');
  });

  test('[OTP-3] the drift of a clock is learnt; one that is far off is found by two consecutive codes', async () => {
    const [token] = (await tokens(1, 'totp', 8)) as [Token];
    const off = 40 * STEP_MS;
    const holder = await holderOf(token, on.nowMs() + off);
    const now = () => on.nowMs();
    await on.advance(120);
    expect(await signInWith(holder, code(token, now()))).toBe(REFUSED);
    expect(await signInWith(holder, code(token, now() + off + STEP_MS))).toBe('200');
    await on.advance(120);
    // Two steps off where it stood when it was set up, one step where it stood when it was last used.
    expect(await signInWith(holder, code(token, now() + off + 2 * STEP_MS))).toBe('200');
    await on.advance(120);
    expect(await signInWith(holder, code(token, now() + off + 100 * STEP_MS))).toBe(REFUSED);
    expect(await signInWith(holder, pair(token, now() + off + 100 * STEP_MS))).toBe('200');
  });

  test.each([
    ['a code of a counter-based token', 'hotp'],
    ['two codes of a time-based token', 'totp'],
  ] as const)(
    '[OTP-2] [OTP-3] of 16 sign-ins that use %s at once on two nodes, one succeeds',
    async (_, kind) => {
      const [token] = (await tokens(1, kind)) as [Token];
      const holder = await holderOf(token, kind === 'hotp' ? 0 : on.nowMs());
      const typed = kind === 'hotp' ? code(token, 5) : pair(token, on.nowMs() + 60 * STEP_MS);
      const ready = [];
      for (let n = 0; n < 16; n++) ready.push(await entered(holder, n % 2));
      const answers = await Promise.all(
        ready.map(({ browser, ceremony }) => tryCode(browser, ceremony, 'hardware-token', typed)),
      );
      const outcomes = answers.map(outcome);
      expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
      // A loser's code was used by the winner, or five were being judged already and no sixth was.
      const lost = new Set(outcomes.filter((one) => one !== '200'));
      expect([REFUSED, '429 too-many-tries']).toEqual(expect.arrayContaining([...lost]));
    },
  );

  test('[OTP-3] activating: a wrong serial number, somebody else’s, and wrong codes have the same answer', async () => {
    const [taken, free] = (await tokens(2, 'hotp')) as [Token, Token];
    await holderOf(taken, 0);
    const holder = await on.holder();
    const browser = await signIn(on, on.browser(), holder);
    const tries: [serial: string, codes: string][] = [
      ['NOBODY-HAS-THIS', pair(free, 0)],
      ['// no serial //', pair(free, 0)],
      [taken.serial, pair(taken, 10)],
      [free.serial, pair(taken, 0)],
      [free.serial, code(free, 0)],
      [free.serial, `${code(free, 0)} ${code(free, 2)}`],
      [free.serial, 'nothing'],
    ];
    const answers = [];
    for (const [serial, codes] of tries) answers.push(await (await adding(browser, serial))(codes));
    const [first] = answers;
    for (const { status, body } of answers) {
      const told = { ...body, requestId: null };
      expect({ status, told }).toEqual({ status: 422, told: { ...first?.body, requestId: null } });
    }
    // As it is printed on the back, whatever the case and the spaces.
    const typed = free.serial.toLowerCase().replace(/(..)/g, '$1 ');
    expect(outcome(await (await adding(browser, typed))(pair(free, 0)))).toBe('200');
  });

  test('[OTP-3] tries at activating are counted; of two accounts that activate one token at once, one gets it', async () => {
    const [token] = (await tokens(1, 'hotp')) as [Token];
    const browsers = [];
    for (let n = 0; n < 8; n++) browsers.push(await signIn(on, on.browser(n % 2), await on.holder()));
    const guess = await adding(browsers[0]!, token.serial);
    const guessed = [];
    for (let n = 0; n < 6; n++) guessed.push(outcome(await guess('123456 654321')));
    expect(guessed).toEqual([...Array(5).fill(REFUSED), '429 too-many-tries']);
    const finishing = [];
    for (const browser of browsers) finishing.push(await adding(browser, token.serial));
    const answers = await Promise.all(finishing.map((finish) => finish(pair(token, 0))));
    expect(answers.map(outcome).filter((one) => one === '200')).toHaveLength(1);
    expect(new Set(answers.map(outcome))).toEqual(new Set(['200', REFUSED]));
  });

  test('a token takes a fresh proof to add, is told by mail, and never works again once it was removed', async () => {
    // The third stays in stock: without any, none is offered.
    const [first, second] = (await tokens(3, 'hotp')) as [Token, Token, Token];
    const holder = await holderOf(first, 0);
    const subjects = async () => (await on.dev.outbox(holder.email)).map(({ subject }) => subject).join();
    await expect.poll(subjects, { timeout: 15_000 }).toMatch(/Hardware token/);
    const { browser, ceremony } = await entered(holder);
    const { ceremony: proven } = good(await tryCode(browser, ceremony, 'hardware-token', code(first, 2)));
    good(await tryFinish(browser, proven));
    await on.advance(6 * 60);
    const stepUp = stepUpOf(await browser.post('/api/account/authenticators'));
    good(await tryCode(browser, stepUp, 'hardware-token', code(first, 3)));
    good(await browser.post('/api/step-up/finish', { ceremony: stepUp.id }));
    good(await (await adding(browser, second.serial))(pair(second, 0)));

    type Account = { authenticators: { id: string; type: string; label: string }[] };
    const { authenticators } = good(await browser.get<Account>('/api/account'));
    expect(authenticators.map(({ type, label }) => `${type} ${label}`)).toEqual([
      `hardware-token ${first.serial}`,
      `hardware-token ${second.serial}`,
    ]);
    good(await browser.post(`/api/account/authenticators/${authenticators[0]!.id}/remove`));
    expect(outcome(await (await adding(browser, first.serial))(pair(first, 50)))).toBe(REFUSED);
    expect(await signInWith(holder, code(second, 2))).toBe('200');
    const { rows } = await sql<object>`
      select serial, state, account_id, seed_sealed from hardware_token
      where serial in (${first.serial}, ${second.serial}) order by state`.execute(on.database.db);
    const known = { account_id: holder.id, seed_sealed: null };
    expect(rows).toEqual([
      { serial: second.serial, state: 'assigned', ...known },
      { serial: first.serial, state: 'revoked', ...known },
    ]);
  });

  test('[AVL-5] after a restore codes that may have been used since are spent, and a removed token is revoked again', async () => {
    const [counting, timed] = [(await tokens(1, 'hotp'))[0]!, (await tokens(1, 'totp'))[0]!];
    const holders = [await holderOf(counting, 0), await holderOf(timed, on.nowMs() - 4 * STEP_MS)];
    const before = on.nowMs();
    await inTransaction(on.database.db, (tx) => restoredStore.endAllOpen(tx, new Date(before)));
    expect(await signInWith(holders[0]!, code(counting, 2 + 10))).toBe(REFUSED);
    expect(await signInWith(holders[0]!, code(counting, 2 + 11))).toBe('200');
    expect(await signInWith(holders[1]!, code(timed, before - 3 * STEP_MS))).toBe(REFUSED);
    expect(await signInWith(holders[1]!, pair(timed, before))).toBe('200');

    const { id } = holders[0]!;
    const removed = { type: 'second-factor-recovered', accountId: id, what: null };
    await inTransaction(on.database.db, (tx) =>
      restoredStore.revokeAgain(tx, removed as never, new Date(before)),
    );
    const { rows } = await sql`select state from hardware_token where account_id = ${id}`.execute(
      on.database.db,
    );
    expect(rows).toEqual([{ state: 'revoked' }]);
  });

  test('an import is whole or nothing: known serial numbers are told, and what was done is on record', async () => {
    const read = async (...serials: string[]) =>
      (
        await readCsv(
          `serial,seed,period\n${serials.map((one) => `${one},${'31'.repeat(20)},30`).join('\n')}`,
        )
      ).tokens;
    const imported = async () => {
      const events = await readAudit(on.database.db, on.keyring, NOBODY);
      return events
        .filter(({ type }) => type === 'hardware-tokens-imported')
        .map(({ details }) => details.count)
        .sort();
    };
    const before = await imported();
    expect(await takeIn(on, await read('WHOLE1', 'WHOLE2'))).toEqual([]);
    expect(await takeIn(on, await read('WHOLE3', 'WHOLE2', 'WHOLE4', 'WHOLE1'))).toEqual([
      'WHOLE2',
      'WHOLE1',
    ]);
    expect(await imported()).toEqual([...before, 2].sort());
    const { rows } = await sql`select from hardware_token where serial in ('WHOLE3', 'WHOLE4')`.execute(
      on.database.db,
    );
    expect(rows).toEqual([]);
  });

  test('the command reads an encrypted container with its password, tells what is wrong with a table, and lists no seed', async () => {
    const container = await readFile(FIGURE_7, 'utf8');
    const password = join(folder, 'password');
    await writeFile(password, 'qwerty\n');
    expect(await importFile('tokens.xml', container, '--password-file', password)).toMatchObject({ code: 0 });
    const table = [CSV_HEAD, 'A1,31,6,30,', 'A2,31,6,30,5'].join('\n');
    const refusal =
      'Nothing was imported:\n  line 2: a seed has 16 to 128 bytes, this one 1\n  line 3: a token has';
    expect(await importFile('a.csv', table)).toMatchObject({
      code: 1,
      text: expect.stringContaining(refusal),
    });
    const { text } = await runCommand(on, { folder }, ['tokens', 'list']);
    expect(text).toContain('987654321  hotp  8 digits  imported\n');
    expect(text).not.toMatch(/A1|MTIzNDU2|3132333435/);
  });
});

/** RFC 6030, encrypted with a password. */
const FIGURE_7 = join(import.meta.dirname, '../../../../../packages/pskc/vectors/rfc6030-figure7.xml');
