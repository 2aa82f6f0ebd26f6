import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../../../../tests/setup/command.ts';
import {
  CSV_HEAD,
  csvLine,
  type Token,
  tokenCode,
  tokenPair,
} from '../../../../../tests/setup/hardware-token.ts';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
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
import { newSecret } from '../../platform/ids.ts';

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
    const { code, text } = await importFile('stock.csv', [CSV_HEAD, ...fresh.map(csvLine)].join('\n'));
    if (code !== 0) throw new Error(text);
    return fresh;
  }

  async function importFile(name: string, content: string, ...options: string[]) {
    const file = join(folder, name);
    await writeFile(file, content);
    return runCommand(on, { folder }, ['tokens', 'import', file, ...options]);
  }

  const code = (token: Token, at: number) => tokenCode(oathtool, token, at);
  const pair = (token: Token, at: number) => tokenPair(oathtool, token, at);

  /** Begins to add a token to an account that is signed in; gives what hands its codes in. */
  async function adding(browser: HttpBrowser, serial: string) {
    const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
    expect(ceremony.setUp?.methods).toContain('hardware-token');
    const path = `/api/ceremonies/${ceremony.id}/enrolments`;
    const begun = await browser.post<{ enrolment: { id: string } }>(path, {
      method: 'hardware-token',
      serial,
    });
    const { enrolment } = good(begun);
    return (codes: string) => browser.post<InCeremony>(`${path}/${enrolment.id}/proofs`, { code: codes });
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

  test.each(['hotp', 'totp'] as const)(
    '[OTP-2] [OTP-3] of 16 sign-ins that use one code of a %s token at once on two nodes, one succeeds; so with two codes',
    async (kind) => {
      const [token] = (await tokens(1, kind)) as [Token];
      const start = kind === 'hotp' ? 0 : on.nowMs();
      const holder = await holderOf(token, start);
      if (kind === 'totp') await on.advance(300);
      const places = kind === 'hotp' ? [5, 40] : [on.nowMs(), on.nowMs() + 60 * STEP_MS];
      for (const typed of [code(token, places[0]!), pair(token, places[1]!)]) {
        const ready = [];
        for (let n = 0; n < 16; n++) ready.push(await entered(holder, n % 2));
        const answers = await Promise.all(
          ready.map(({ browser, ceremony }) => tryCode(browser, ceremony, 'hardware-token', typed)),
        );
        const outcomes = answers.map(outcome);
        expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
        const lost = new Set(outcomes.filter((one) => one !== '200'));
        expect([REFUSED, '429 too-many-tries']).toEqual(expect.arrayContaining([...lost]));
        await on.advance(16 * 60);
      }
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
    for (const { status, body } of answers)
      expect({ status, body }).toEqual({ status: 422, body: first?.body });
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
    const [first, second] = (await tokens(2, 'hotp')) as [Token, Token];
    const holder = await holderOf(first, 0);
    expect((await on.dev.outbox(holder.email)).map(({ subject }) => subject).join()).toMatch(
      /Hardware token/,
    );
    const { browser, ceremony } = await entered(holder);
    const { ceremony: proven } = good(await tryCode(browser, ceremony, 'hardware-token', code(first, 2)));
    good(await tryFinish(browser, proven));
    await on.advance(6 * 60);
    const stepUp = stepUpOf(await browser.post('/api/account/authenticators'));
    good(await tryCode(browser, stepUp, 'hardware-token', code(first, 3)));
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
    const { text } = await runCommand(on, { folder }, ['tokens', 'list']);
    expect(text).toContain(`${first.serial}  hotp  6 digits  revoked  ${holder.id}`);
    expect(text).toContain(`${second.serial}  hotp  6 digits  assigned  ${holder.id}`);
    const { rows } = await seedsLeft(first.serial, second.serial);
    expect(rows).toEqual([]);
  });

  const seedsLeft = async (...serials: string[]) => ({
    rows: await on.database.db
      .selectFrom('hardware_token')
      .select('serial')
      .where('serial', 'in', serials)
      .where('seed_sealed', 'is not', null)
      .execute(),
  });

  test('an import is whole or nothing: faults and known serial numbers are told, and what was done is on record', async () => {
    const line = (serial: string, seed = '31'.repeat(20)) => `${serial},${seed},6,30,`;
    const audited = async () =>
      (await on.database.db.selectFrom('audit').select('id').where('account_id', '=', NOBODY_ID).execute())
        .length;
    const before = await audited();
    const faulty = await importFile('a.csv', [CSV_HEAD, line('WHOLE1'), line('WHOLE2', 'xyz')].join('\n'));
    expect(faulty).toMatchObject({ code: 1, text: expect.stringContaining('line 3: the seed is neither') });
    expect(await audited()).toBe(before);
    expect(await importFile('a.csv', [CSV_HEAD, line('WHOLE1')].join('\n'))).toMatchObject({ code: 0 });
    expect(await audited()).toBe(before + 1);
    const known = await importFile('a.csv', [CSV_HEAD, line('WHOLE3'), line('WHOLE1')].join('\n'));
    expect(known).toMatchObject({ code: 1, text: expect.stringContaining('WHOLE1: is known already') });
    const { text } = await runCommand(on, { folder }, ['tokens', 'list']);
    expect(text).toContain('WHOLE1');
    expect(text).not.toMatch(/WHOLE[23]/);
  });
});

const NOBODY_ID = '00000000-0000-0000-0000-000000000000';
