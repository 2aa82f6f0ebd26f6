import { base32Decode, totpAt } from '@sigillo/otp';
import type { Answer, HttpBrowser } from './http-browser.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';

export interface Option {
  slot: string;
  method: string;
  target: string | null;
  label: string;
  needsSend: boolean;
}

export interface Challenge {
  id: string;
  slot: string;
  method: string;
  target: string | null;
  triesLeft: number;
  state: 'open' | 'refused' | 'wrong' | 'replaced' | 'expired';
  /** What an app's holder types. */
  number: string | null;
}

/** A ceremony, as the pages are told of it. */
export interface Ceremony {
  id: string;
  purpose: string;
  state: 'open' | 'satisfied';
  proven: string[];
  options: Option[];
  setUp: { methods: string[]; first: string; phone: string | null; required: boolean } | null;
  canRecover: boolean;
  /** The password is over: another one is asked for. */
  renewal: boolean;
  challenge: Challenge | null;
}

export type InCeremony = { ceremony: Ceremony };

/** How a request ended: its status, and the kind of its problem. */
export function outcome({ status, body }: Pick<Answer<unknown>, 'status' | 'body'>): string {
  const { type } = (body ?? {}) as { type?: unknown };
  const slug = typeof type === 'string' && status >= 400 ? type.split('/problems/')[1] : undefined;
  return slug ? `${status} ${slug}` : String(status);
}

/** The body of an answer that must be good. */
export function good<T>(answer: Answer<T>): T {
  if (answer.status >= 300) throw new Error(`${outcome(answer)}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const tryPassword = (browser: HttpBrowser, identifier: string, password: string) =>
  browser.post<InCeremony>('/api/sign-in/password', { identifier, password });

/** The first proof of a sign-in. */
export async function enterPassword(browser: HttpBrowser, holder: Holder): Promise<Ceremony> {
  return good(await tryPassword(browser, holder.email, holder.password)).ceremony;
}

/** What a ceremony asks for next by a method. */
export function asked({ options }: Ceremony, method: string): Pick<Option, 'slot' | 'method' | 'target'> {
  const option = options.find((one) => one.method === method);
  if (!option) throw new Error(`${method} is not asked for: ${JSON.stringify(options)}`);
  return { slot: option.slot, method, target: option.target };
}

/** Hands in a code for what a ceremony asks for next. */
export function tryCode(browser: HttpBrowser, ceremony: Ceremony, method: string, code: string) {
  const challenge = ceremony.challenge ? { challenge: ceremony.challenge.id } : {};
  const proof = { ...asked(ceremony, method), ...challenge, code };
  return browser.post<InCeremony>(`/api/ceremonies/${ceremony.id}/proofs`, proof);
}

/** Has a code sent, reads it where its owner would, and gives the ceremony as it stands then. */
export async function sendCode(
  { dev }: PopulatedInstallation,
  browser: HttpBrowser,
  ceremony: Ceremony,
  method: string,
  to: string,
): Promise<{ ceremony: Ceremony; code: string }> {
  const before = (await dev.outbox(to)).length;
  const path = `/api/ceremonies/${ceremony.id}/challenges`;
  const { challenge } = good(await browser.post<{ challenge: Challenge }>(path, asked(ceremony, method)));
  return { ceremony: { ...ceremony, challenge }, code: await dev.code(to, before) };
}

export const tryFinish = (browser: HttpBrowser, { id }: Pick<Ceremony, 'id'>) =>
  browser.post<{ redirectTo: string }>('/api/sign-in/finish', { ceremony: id });

/** Signs a holder in who has an authenticator app, or no second factor; the browser has the session then. */
export async function signIn(
  installation: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
): Promise<HttpBrowser> {
  let ceremony = await enterPassword(browser, holder);
  if (ceremony.state === 'open') {
    const code = await installation.code(holder);
    ({ ceremony } = good(await tryCode(browser, ceremony, 'totp', code)));
  }
  good(await tryFinish(browser, ceremony));
  return browser;
}

/** Whether the browser's session lives. */
export async function isSignedIn(browser: HttpBrowser): Promise<boolean> {
  return good(await browser.get<{ signedIn: boolean }>('/api/session')).signedIn;
}

/** What a step-up asks for: the ceremony that an endpoint refused with. */
export function stepUpOf(answer: Answer<unknown>): Ceremony {
  if (outcome(answer) !== '403 proof-needed') throw new Error(`not refused: ${outcome(answer)}`);
  return (answer.body as InCeremony).ceremony;
}

/** Begins to set up an authenticator app; the key it was given. */
export async function startApp(browser: HttpBrowser, ceremony: Pick<Ceremony, 'id'>) {
  const answer = await browser.post<{ enrolment: { id: string; key: string } }>(
    `/api/ceremonies/${ceremony.id}/enrolments`,
    { method: 'totp' },
  );
  return good(answer).enrolment;
}

/** Sets an authenticator app up in a ceremony that allows it; its key, and the ceremony as it stands then. */
export async function setUpApp(
  installation: PopulatedInstallation,
  browser: HttpBrowser,
  ceremony: Pick<Ceremony, 'id'>,
): Promise<{ seed: Uint8Array; after: Ceremony }> {
  const { id, key } = await startApp(browser, ceremony);
  const seed = base32Decode(key);
  if (!seed) throw new TypeError(`"${key}" is no key`);
  const code = await totpAt(seed, installation.nowMs());
  const path = `/api/ceremonies/${ceremony.id}/enrolments/${id}/proofs`;
  return { seed, after: good(await browser.post<InCeremony>(path, { code })).ceremony };
}

export const tryRecovery = (browser: HttpBrowser, ceremony: Pick<Ceremony, 'id'>) =>
  browser.post<InCeremony>(`/api/ceremonies/${ceremony.id}/recovery`);

/** From the password to the recovery of who has lost their second factor. */
export async function recover(browser: HttpBrowser, holder: Holder): Promise<Ceremony> {
  const signingIn = await enterPassword(browser, holder);
  return good(await tryRecovery(browser, signingIn)).ceremony;
}
