import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, listRequests, refuse } from '../../../../../../tests/setup/app-requests.ts';
import { type DeviceApp, linkedApp } from '../../../../../../tests/setup/device-app.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, isSignedIn, outcome, recover, signIn } from '../../../../../../tests/setup/journeys.ts';
import { decide, giveOperator, type TestOperator } from '../../../../../../tests/setup/operators.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { type AuditRecord, readAudit } from '../../../platform/audit/audit.ts';

let on: PopulatedInstallation;
let desk: TestOperator;
beforeAll(async () => {
  on = await sharedInstallation();
  desk = await giveOperator(on, 'help-desk');
});
afterAll(() => on[Symbol.asyncDispose]());

interface Found {
  file: string;
  userId: string;
  contacts: string[];
}

const REASON = 'Called because of a lost telephone';
const search = (by: string, value: string, reason = REASON) =>
  desk.browser.post<{ holders: Found[] }>('/api/console/holders/search', { by, value, reason });

const found = async (by: string, value: string) => good(await search(by, value)).holders;

/** Opens the file of a holder. @returns its address */
async function fileOf({ email }: Holder): Promise<string> {
  const [one] = await found('email', email);
  return `/api/console/holders/${one!.file}`;
}

const recorded = async (accountId: string, type: string): Promise<AuditRecord[]> =>
  (await readAudit(on.database.db, on.keyring, accountId)).filter((one) => one.type === type);

describe('finding somebody', () => {
  test('a holder is found by each of the names they are known by, whole, and by no part of it', async () => {
    const holder = await on.holder({ sms: true });
    const { identity, fiscalNumber } = await withIdentity(holder);
    const names: [string, string][] = [
      ['user-id', holder.userId.toLowerCase()],
      ['email', ` ${holder.email.toUpperCase()} `],
      ['phone', holder.phone.slice(3)],
      ['spid-code', identity.spidCode],
      ['fiscal-number', fiscalNumber.toLowerCase()],
    ];
    for (const [by, value] of names) {
      expect(await found(by, value), `${by} ${value}`).toMatchObject([{ userId: holder.userId }]);
      expect(await found(by, value.trim().slice(0, -1)), `a part of ${by}`).toEqual([]);
      expect(await found(by, '%'), by).toEqual([]);
    }
  });

  test('what is found says no more than who it is, masked', async () => {
    const holder = await on.holder({ sms: true });
    const answer = good(await search('user-id', holder.userId));
    expect(JSON.stringify(answer)).not.toContain(holder.email);
    expect(JSON.stringify(answer)).not.toContain(holder.phone);
  });

  test('operators are found by nobody', async () => {
    expect(await found('email', desk.email)).toEqual([]);
  });

  test('who, whom and why stand in the record; a search without a reason is none', async () => {
    const holder = await on.holder();
    const path = await fileOf(holder);
    good(await desk.browser.get(path));
    const file = path.split('/').at(-1);
    const [one] = await recorded(holder.id, 'holder-found');
    expect(one).toMatchObject({ actor: 'operator', details: { operator: desk.id, reason: REASON, file } });
    expect(await recorded(holder.id, 'holder-file-read')).toMatchObject([
      { details: { operator: desk.id, file } },
    ]);
    await found('email', 'nobody@example.org');
    expect((await recorded(desk.id, 'holder-searched')).at(-1)).toMatchObject({
      details: { by: 'email', found: 0, reason: REASON },
    });
    expect(outcome(await search('email', holder.email, 'because'))).toBe('400 bad-input');
  });

  test('nobody looks people up all day', async () => {
    await on.dev.liftLimits(false);
    const answers: string[] = [];
    for (let asked = 0; asked < 21; asked++) answers.push(outcome(await search('user-id', 'nobody')));
    await on.dev.liftLimits(true);
    expect(answers).toEqual([...Array(20).fill('200'), '429 too-many-tries']);
  });
});

async function withIdentity(holder: Holder) {
  const fiscalNumber = 'RSSMRA85T10A562S';
  const surroundings = { db: on.database.db, keyring: on.keyring, nowMs: on.nowMs };
  const attributes = { fiscalNumber: `TINIT-${fiscalNumber}` };
  const identity = await giveIdentity(surroundings, holder.id, { attributes });
  return { identity, fiscalNumber };
}

describe('a file', () => {
  test('is on the desk of who opened it, for half an hour', async () => {
    const path = await fileOf(await on.holder());
    const colleague = await giveOperator(on, 'help-desk');
    expect(outcome(await colleague.browser.get(path))).toBe('404 holder-file-closed');
    expect(outcome(await on.browser().get(path))).toBe('403 operator-needed');
    expect(outcome(await desk.browser.get(path))).toBe('200');
    const nodeTwo = desk.browser.at(on.nodes[1]!.url);
    expect(outcome(await nodeTwo.get(path))).toBe('200');
    for (let minutes = 0; minutes < 27; minutes += 9) {
      await on.advance(9 * 60);
      expect(outcome(await desk.browser.get(path))).toBe('200');
    }
    await on.advance(3 * 60 + 1);
    expect(outcome(await desk.browser.get(path))).toBe('404 holder-file-closed');
  });

  test('shows states and times, addresses masked and no secret', async () => {
    const holder = await on.holder({ totp: true, sms: true });
    await signIn(on, on.browser(), holder);
    const file = good(await desk.browser.get<Record<string, unknown>>(await fileOf(holder)));
    expect(file).toMatchObject({
      userId: holder.userId,
      status: 'active',
      factors: [{ type: expect.any(String) }, { type: expect.any(String) }],
      sessions: 1,
      accesses: { successes: 1, failures: 0 },
    });
    const text = JSON.stringify(file);
    for (const hidden of [holder.email, holder.phone, Buffer.from(holder.seed).toString('base64')])
      expect(text).not.toContain(hidden);
  });
});

describe('who is calling', () => {
  async function called() {
    const holder = await on.holder({ totp: true });
    const app = await linkedApp(on, holder);
    const path = await fileOf(holder);
    const asked = good(await desk.browser.post<{ id: string; number: string }>(`${path}/caller-checks`));
    const answer = async () =>
      good(await desk.browser.get<{ state: string }>(`${path}/caller-checks/${asked.id}`)).state;
    return { holder, app, path, ...asked, answer };
  }

  const requestOf = async (app: DeviceApp) => good(await listRequests(on, app)).requests[0]!;

  test('the app says who asks and since when; the number that is read out is typed, and the operator sees it', async () => {
    const { app, number, answer, holder } = await called();
    expect(await answer()).toBe('waiting');
    const request = await requestOf(app);
    expect(request).toMatchObject({ type: 'caller-verification', fromNewPlace: false, kind: 'push' });
    const [line, ...rows] = request.text.split('\n');
    expect(line).toBe('Are you on the telephone with Sigillo support? Type the number that is read to you.');
    expect(rows[0]).toBe(`Account\t${holder.userId}`);
    expect(rows[1]).toBe(`Operator\t${desk.name}`);
    expect(rows).toHaveLength(3);
    good(await approve(on, app, request, { number }));
    expect(await answer()).toBe('confirmed');
    expect(await answer()).toBe('confirmed');
    await on.advance(5 * 60);
    expect(await answer()).toBe('over');
  });

  test('a wrong number, a refusal and silence are told apart', async () => {
    const wrong = await called();
    const other = wrong.number === '000' ? '111' : '000';
    await approve(on, wrong.app, await requestOf(wrong.app), { number: other });
    expect(await wrong.answer()).toBe('wrong-number');
    const refused = await called();
    good(await refuse(on, refused.app, await requestOf(refused.app)));
    expect(await refused.answer()).toBe('refused');
    const silent = await called();
    await on.advance(121);
    expect(await silent.answer()).toBe('over');
  });

  test('“it wasn’t me” puts the file away, tells the holder, and stops requests for half an hour', async () => {
    const { app, path, answer, holder } = await called();
    good(await refuse(on, app, await requestOf(app), 'not-me'));
    expect(await answer()).toBe('not-me');
    expect(outcome(await desk.browser.get(path))).toBe('404 holder-file-closed');
    const subjects = async () => (await on.dev.outbox(holder.email)).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('You said that a request was not yours');
    const again = await fileOf(holder);
    expect(outcome(await desk.browser.post(`${again}/caller-checks`))).toBe('429 push-withheld');
  });

  test('the answer opens nothing: no page of a holder can go on with it', async () => {
    const { app, number, id, holder } = await called();
    good(await approve(on, app, await requestOf(app), { number }));
    const ceremony = Buffer.concat([
      Buffer.from(holder.id.replaceAll('-', ''), 'hex'),
      Buffer.from(id, 'base64url').subarray(16),
    ]).toString('base64url');
    for (const browser of [desk.browser, on.browser()]) {
      expect(outcome(await browser.get(`/api/ceremonies/${ceremony}`))).toBe('404 ceremony-gone');
      expect(outcome(await browser.post('/api/sign-in/finish', { ceremony }))).toBe('404 ceremony-gone');
    }
  });

  test('a holder without an app is verified otherwise', async () => {
    const path = await fileOf(await on.holder());
    expect(outcome(await desk.browser.post(`${path}/caller-checks`))).toBe('409 no-app-to-ask');
  });
});

describe('help', () => {
  test('[REC-8] help desk starts a recovery with a proof for it alone; what it takes goes to the holder', async () => {
    const holder = await on.holder({ totp: true });
    const path = await fileOf(holder);
    const before = (await on.dev.outbox(holder.email)).length;
    expect(outcome(await desk.browser.post(`${path}/recovery`, { lost: 'password' }))).toBe(
      '403 proof-needed',
    );
    expect((await on.dev.outbox(holder.email)).length).toBe(before);
    const answer = await decide(desk, `${path}/recovery`, { lost: 'password' });
    expect(outcome(answer)).toBe('204');
    expect(answer.body || null, 'nothing is told').toBeNull();
    const token = await on.dev.linkToken(holder.email);
    const password = 'a lamp beside the other river';
    good(await on.browser().post('/api/password-resets/complete', { token, password }));
    expect(await recorded(holder.id, 'recovery-started-by-desk')).toMatchObject([
      { actor: 'operator', details: { operator: desk.id, lost: 'password' } },
    ]);
  });

  test('[REC-4] [REC-8] a recovery that help desk started asks the holder for no less', async () => {
    const holder = await on.holder({ totp: true });
    expect(outcome(await decide(desk, `${await fileOf(holder)}/recovery`, { lost: 'second-factor' }))).toBe(
      '204',
    );
    const ceremony = await recover(on.browser(), holder);
    expect(ceremony.state).toBe('open');
    expect(ceremony.proven).toEqual(['password']);
    expect(ceremony.options.map(({ method }) => method).sort()).toEqual(['email-code', 'totp']);
  });

  test('[SES-5] help desk ends every session of a holder, on every node at once', async () => {
    const holder = await on.holder();
    const browsers = [await signIn(on, on.browser(0), holder), await signIn(on, on.browser(1), holder)];
    expect(outcome(await decide(desk, `${await fileOf(holder)}/end-sessions`))).toBe('204');
    expect(await Promise.all(browsers.map(isSignedIn))).toEqual([false, false]);
    expect(await recorded(holder.id, 'all-sessions-ended')).toMatchObject([{ actor: 'operator' }]);
  });

  test('a proof for one holder is none for another', async () => {
    const [one, other] = [await fileOf(await on.holder()), await fileOf(await on.holder())];
    const refused = await desk.browser.post<{ ceremony: { id: string } }>(`${one}/end-sessions`);
    const approval = refused.body.ceremony.id;
    const answer = await desk.browser.post(`${other}/end-sessions`, { approval });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  test('auditors and reviewers help nobody', async () => {
    for (const role of ['auditor', 'reviewer'] as const) {
      const { browser } = await giveOperator(on, role);
      const body = { by: 'email', value: 'somebody@example.org', reason: REASON };
      expect(outcome(await browser.post('/api/console/holders/search', body))).toBe('403 operator-needed');
    }
  });
});
