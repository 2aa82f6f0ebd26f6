import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, type ExpectStatic, expect, test } from 'vitest';
import { holderNotices } from '../../apps/server/src/platform/messages/templates/holder-notices.ts';
import { pictureOf, refuse, scan, showQr } from '../setup/app-requests.ts';
import { CASE_SCENARIOS, waitingCase } from '../setup/case-scenarios.ts';
import { openFile } from '../setup/desk-scenarios.ts';
import { askShares, copyOf, unlockApp } from '../setup/device-app.ts';
import { agePassword, giveIdentity, type WantedIdentity } from '../setup/identities.ts';
import { good, recover, sendCode, setUpApp, signIn, tryCode } from '../setup/journeys.ts';
import { linkApp } from '../setup/link-app.ts';
import { decide, giveOperator, type TestOperator } from '../setup/operators.ts';
import { addPasskey, enterPasskey } from '../setup/passkeys.ts';
import {
  type Enrolled,
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../setup/populated.ts';
import { SoftPasskey } from '../setup/soft-passkey.ts';
import { suspendSelf, WISH } from '../setup/suspensions.ts';
import { giveSecondAddress, TOLD, toldOf } from '../setup/told.ts';

/** Promised within a minute; what time brings about is looked for every five seconds. */
const SOON_MS = 25_000;
const CODE = '482915';

let on: PopulatedInstallation;
let desk: TestOperator;
let reviewers: TestOperator[];
beforeAll(async () => {
  on = await populatedInstallation();
  desk = await giveOperator(on, 'help-desk');
  reviewers = [await giveOperator(on, 'reviewer'), await giveOperator(on, 'reviewer')];
});
afterAll(() => on[Symbol.asyncDispose]());

/** Somebody, and what makes that they are told: everything up to it is done. */
interface Flow {
  holder: Holder;
  run(): Promise<unknown>;
  /** What is told before it, by the same act. */
  first?: string;
}

const today = () => romeDayOf(on.nowMs());
const give = (holder: Holder, wanted: WantedIdentity = {}) =>
  giveIdentity({ ...on, db: on.database.db }, holder.id, wanted);

async function helped(action: string, body: object): Promise<Flow> {
  const holder = await on.holder({ totp: true });
  return { holder, run: async () => decide(desk, `${await openFile(desk, holder)}/${action}`, body) };
}

async function withApp() {
  const holder = await on.holder();
  const app = await linkApp(on, holder);
  expect(await unlockApp(on, app, CODE)).toBe(true);
  return { holder, app };
}

async function recovering(method: 'email-code' | 'recovery-code') {
  const holder = await on.holder({ totp: true });
  const session = await signIn(on, on.browser(), holder);
  const { codes } = good(await session.post<{ codes: string[] }>('/api/account/recovery-codes'));
  const browser = on.browser();
  const ceremony = await recover(browser, holder);
  if (method === 'recovery-code') return { holder, browser, ceremony, code: codes[0] ?? '' };
  return { holder, browser, ...(await sendCode(on, browser, ceremony, method, holder.email)) };
}

/** Two operators decide a case, one after the other. */
async function accepted(id: string): Promise<void> {
  for (const { browser, ...who } of reviewers) {
    good(await browser.post(`/api/console/cases/${id}/take`, {}));
    good(await decide({ browser, ...who }, `/api/console/cases/${id}/decision`, { accept: true }));
  }
}

async function opened(scenario: 'requestIdentity' | 'requestRevocation'): Promise<Flow> {
  const { holder, browser, path, body } = await CASE_SCENARIOS[scenario]!(on);
  const { id } = good(await browser.post<{ id: string }>(path, body));
  return { holder: holder!, run: () => accepted(id) };
}

/** Time brings it about, for an identity like this. */
async function inTime(wanted: WantedIdentity, enrolled?: Enrolled): Promise<Flow> {
  const holder = await on.holder(enrolled);
  return { holder, run: () => give(holder, wanted) };
}

/** A suspension whose days are over, of somebody whose number nobody knows to be theirs any more. */
async function doubtful(): Promise<Flow> {
  const holder = await on.holder({ totp: true, sms: true });
  await give(holder);
  await suspendSelf(on, await signIn(on, on.browser(), holder), holder, { ...WISH, days: 1 });
  const run = async () => {
    const phones = on.database.db.updateTable('contact').set({ verified_at: null });
    await phones.where('account_id', '=', holder.id).where('kind', '=', 'phone').execute();
    await on.advance(24 * 3600);
  };
  return { holder, run };
}

/** What no single write of the API tells by itself: every flow, as it is in the product. */
const FLOWS: Record<string, () => Promise<Flow>> = {
  'device-locked-out': async () => {
    const { holder, app } = await withApp();
    const run = async () => {
      for (let tried = 0; tried < 11; tried++) await askShares(on, app, '000111');
    };
    return { holder, run };
  },
  'device-frozen': async () => {
    const { holder, app } = await withApp();
    const copy = copyOf(app);
    expect(await unlockApp(on, app, CODE)).toBe(true);
    return { holder, run: () => askShares(on, copy, CODE) };
  },
  'request-not-mine': async () => {
    const { holder, app } = await withApp();
    const { request } = good(await scan(on, app, pictureOf(await showQr(on.browser()))));
    return { holder, run: () => refuse(on, app, request, 'not-me') };
  },
  'recovery-started-password': () => helped('recovery', { lost: 'password' }),
  'recovery-started-second-factor': () => helped('recovery', { lost: 'second-factor' }),
  'sessions-ended-by-desk': () => helped('end-sessions', {}),
  'second-factor-recovered': async () => {
    const { holder, browser, ceremony, code } = await recovering('email-code');
    const proven = good(await tryCode(browser, ceremony, 'email-code', code)).ceremony;
    return { holder, run: () => setUpApp(on, browser, proven), first: 'factor-added' };
  },
  'recovery-code-used': async () => {
    const { holder, browser, ceremony, code } = await recovering('recovery-code');
    return { holder, run: () => tryCode(browser, ceremony, 'recovery-code', code) };
  },
  'passkey-copied': async () => {
    const holder = await on.holder();
    const device = new SoftPasskey(on.server.issuer);
    await addPasskey(await signIn(on, on.browser(), holder), device);
    good(await enterPasskey(on.browser(), device));
    return { holder, run: () => enterPasskey(on.browser(), device, { counter: 1 }) };
  },
  'identity-issued': () => opened('requestIdentity'),
  'identity-revoked': () => opened('requestRevocation'),
  'document-refused': async () => {
    const { holder, operator, path } = await waitingCase(on);
    good(await operator.browser.post(`${path}/take`, {}));
    const refusal = { accept: false, reason: 'The photograph of the back is blurred.' };
    return { holder, run: () => decide(operator, `${path}/decision`, refusal) };
  },
  'identity-document-expiring': () => inTime({ documentExpiresOn: daysLater(today(), 10) }),
  'identity-document-expired': () => inTime({ documentExpiresOn: daysLater(today(), -1) }),
  'identity-end-announced': () =>
    inTime({
      documentExpiresOn: null,
      expiresOn: null,
      lastUsedAt: new Date(on.nowMs() - 1100 * 86_400_000),
    }),
  'password-ending': async () => {
    const flow = await inTime({});
    await agePassword(on, flow.holder.id, 175);
    return flow;
  },
};

/** By the clock of everybody: after all the others. */
const LATE: typeof FLOWS = { 'suspension-kept': doubtful };

async function isTold(template: string, prepare: () => Promise<Flow>, expect: ExpectStatic): Promise<void> {
  const { holder, run, first } = await prepare();
  const all = first ? [first, template] : [template];
  const second = await giveSecondAddress(on, holder);
  const before = (await toldOf(on, holder)).length;
  await run();
  const told = async () => (await toldOf(on, holder)).slice(before);
  await expect.poll(told, { timeout: SOON_MS }).toEqual(all);
  const letters = async () => (await on.dev.outbox(second, 'email')).length;
  await expect.poll(letters, { timeout: SOON_MS }).toBe(all.length);
}

const NAME = '[AUD-4] %s: by what really happens, in the apps and at every confirmed address';

describe.concurrent('what holders are told', () => {
  test.for(Object.entries(FLOWS))(NAME, ([template, prepare], { expect }) =>
    isTold(template, prepare, expect),
  );
});

test.for(Object.entries(LATE))(NAME, ([template, prepare], { expect }) => isTold(template, prepare, expect));

test('[AUD-4] there is nothing else that holders are told: every notice is told by something here or in the audit', () => {
  const told = [...Object.keys(FLOWS), ...Object.keys(LATE), ...Object.values(TOLD)];
  expect([...new Set(told)].sort()).toEqual(Object.keys(holderNotices).sort());
});
