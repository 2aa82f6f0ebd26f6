import type { Answer, HttpBrowser } from './http-browser.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  sendCode,
  signIn,
  stepUpOf,
  tryCode,
} from './journeys.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';
import { type Prepare, type Prepared, post } from './prepared.ts';

export const SUSPENSION = '/api/selfcare/suspension';
const CARD = '/api/selfcare/emergency-card';

export interface Receipt {
  at: string;
  until: string;
  ended: { sessions: number; apps: number; identities: number };
}

interface Wish {
  reason: 'lost-phone' | 'suspected-misuse' | 'other';
  days: number;
}

export const WISH: Wish = { reason: 'other', days: 30 };

/** What a suspension waits for: the operation, and the ceremony that approves it. */
export async function askToSuspend(browser: HttpBrowser, wish: Wish = WISH) {
  const answer = await browser.post(SUSPENSION, wish);
  const { operation } = answer.body as { operation: string };
  return { operation, ceremony: stepUpOf(answer) };
}

/** Approves a suspension by the code of the holder's authenticator app, or one that is sent. */
export async function approveSuspension(
  on: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
  { operation, ceremony }: { operation: string; ceremony: Ceremony },
): Promise<string> {
  await proveNext(on, browser, holder, ceremony);
  good(await browser.post(`/api/operations/${operation}/approve`, { ceremony: ceremony.id }));
  return operation;
}

/** Gives what a ceremony asks for next, by what the holder has. */
export async function proveNext(
  on: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
  ceremony: Ceremony,
): Promise<Ceremony> {
  const method = ['totp', 'sms-code', 'email-code'].find((one) =>
    ceremony.options.some((option) => option.method === one),
  );
  if (method === 'totp')
    return good(await tryCode(browser, ceremony, method, await on.code(holder))).ceremony;
  const to = method === 'sms-code' ? holder.phone : holder.email;
  const sent = await sendCode(on, browser, ceremony, method ?? '', to);
  return good(await tryCode(browser, sent.ceremony, method ?? '', sent.code)).ceremony;
}

/** Suspends a signed-in holder's account. */
export async function suspendSelf(
  on: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
  wish: Wish = WISH,
): Promise<Receipt> {
  const operation = await approveSuspension(on, browser, holder, await askToSuspend(browser, wish));
  return good(await browser.post<Receipt>(SUSPENSION, { ...wish, operation }));
}

/** The ceremony that a suspended holder's password leads to. */
export const beginLift = (browser: HttpBrowser, holder: Holder): Promise<Ceremony> =>
  enterPassword(browser, holder);

export interface HoldShown {
  cause: string;
  until: string | null;
  lifts: 'holder' | 'new-proofing' | 'operators';
  doubts: string[];
}

export const tryLift = (browser: HttpBrowser, { id }: Pick<Ceremony, 'id'>) =>
  browser.post<{ active: boolean; left: HoldShown[] }>(`/api/ceremonies/${id}/lift`);

/** A signed-in holder's emergency code. */
export async function makeCard(browser: HttpBrowser): Promise<{ link: string; code: string; card: string }> {
  const made = good(await browser.post<{ link: string; card: string }>(CARD));
  return { ...made, code: made.link.split('#')[1] ?? '' };
}

export const useCard = (browser: HttpBrowser, code: string): Promise<Answer<{ until: string }>> =>
  browser.post('/api/suspensions/card', { code });

async function settled(on: PopulatedInstallation) {
  const holder = await on.holder({ totp: true, sms: true });
  return { holder, browser: await signIn(on, on.browser(), holder) };
}

async function aboutToLift(on: PopulatedInstallation): Promise<Prepared> {
  const { holder, browser } = await settled(on);
  await suspendSelf(on, browser, holder);
  const ceremony = await proveNext(on, browser, holder, await beginLift(browser, holder));
  return post(browser, `/api/ceremonies/${ceremony.id}/lift`, {}, holder);
}

/** Every write about suspensions, up to the moment before it. */
export const SUSPENSION_SCENARIOS: Record<string, Prepare> = {
  suspendAccount: async (on) => {
    const { holder, browser } = await settled(on);
    const operation = await approveSuspension(on, browser, holder, await askToSuspend(browser));
    return post(browser, SUSPENSION, { ...WISH, operation }, holder);
  },
  liftSuspension: aboutToLift,
  makeEmergencyCard: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, CARD, {}, holder);
  },
  withdrawEmergencyCard: async (on) => {
    const { holder, browser } = await settled(on);
    await makeCard(browser);
    return post(browser, `${CARD}/withdraw`, {}, holder);
  },
  suspendByCard: async (on) => {
    const { holder, browser } = await settled(on);
    const { code } = await makeCard(browser);
    return post(on.browser(), '/api/suspensions/card', { code }, holder);
  },
  requestSuspension: async (on) => {
    const holder = await on.holder({ sms: true });
    return post(on.browser(), '/api/suspensions/requests', { identifier: holder.userId }, holder);
  },
  confirmSuspension: async (on) => {
    const holder = await on.holder({ sms: true });
    const { browser, request, code } = await requestByPhone(on, holder);
    return post(browser, '/api/suspensions/requests/confirm', { request, code }, holder);
  },
};

/** Asks for a suspension by the registered number, and reads the code there. */
export async function requestByPhone(
  on: Pick<PopulatedInstallation, 'browser' | 'dev'>,
  holder: Pick<Holder, 'userId' | 'phone'>,
) {
  const browser = on.browser();
  const before = (await on.dev.outbox(holder.phone)).length;
  const asking = { identifier: holder.userId };
  const { request } = good(await browser.post<{ request: string }>('/api/suspensions/requests', asking));
  return { browser, request, code: await on.dev.code(holder.phone, before) };
}

export const confirmByPhone = (browser: HttpBrowser, request: string, code: string) =>
  browser.post<{ until: string } & Partial<InCeremony>>('/api/suspensions/requests/confirm', {
    request,
    code,
  });
