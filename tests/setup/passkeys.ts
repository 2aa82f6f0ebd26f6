import type { HttpBrowser } from './http-browser.ts';
import { asked, type Ceremony, good, type InCeremony } from './journeys.ts';
import type { Bent, SoftPasskey } from './soft-passkey.ts';

type Creation = Parameters<SoftPasskey['create']>[0];
type Request = Parameters<SoftPasskey['get']>[0];

interface Enrolment {
  id: string;
  challenge: { id: string; publicKey: Creation; resendAt: string | null };
}

/** Begins to add a passkey in a ceremony that lets its holder. */
export async function startPasskey(browser: HttpBrowser, { id }: Pick<Ceremony, 'id'>): Promise<Enrolment> {
  const path = `/api/ceremonies/${id}/enrolments`;
  return good(await browser.post<{ enrolment: Enrolment }>(path, { method: 'passkey' })).enrolment;
}

/** Hands in what the device made. */
export function tryNewPasskey(
  browser: HttpBrowser,
  ceremony: Pick<Ceremony, 'id'>,
  enrolment: Enrolment,
  credential: object,
) {
  const path = `/api/ceremonies/${ceremony.id}/enrolments/${enrolment.id}/proofs`;
  const { challenge } = enrolment;
  return browser.post<InCeremony>(path, { credential, challenge: challenge.id, label: 'My phone' });
}

/** Adds a passkey to the account that is signed in. */
export async function addPasskey(browser: HttpBrowser, device: SoftPasskey): Promise<void> {
  const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
  const enrolment = await startPasskey(browser, ceremony);
  const credential = device.create(enrolment.challenge.publicKey);
  good(await tryNewPasskey(browser, ceremony, enrolment, credential));
}

/** What the sign-in page asks the browser with. */
export async function askAnyPasskey(browser: HttpBrowser): Promise<{ ticket: string; publicKey: Request }> {
  return good(await browser.post<{ ticket: string; publicKey: Request }>('/api/sign-in/passkey/challenges'));
}

export const tryPasskey = (browser: HttpBrowser, ticket: string, credential: object) =>
  browser.post<InCeremony>('/api/sign-in/passkey', { ticket, credential });

/** Signs in with a passkey alone. */
export async function enterPasskey(browser: HttpBrowser, device: SoftPasskey, bent?: Bent) {
  const { ticket, publicKey } = await askAnyPasskey(browser);
  return tryPasskey(browser, ticket, device.get(publicKey, bent));
}

/** Proves a passkey for what a ceremony asks for next. */
export async function provePasskey(
  browser: HttpBrowser,
  ceremony: Ceremony,
  device: SoftPasskey,
  bent?: Bent,
  method = 'passkey',
) {
  const path = `/api/ceremonies/${ceremony.id}`;
  const ask = asked(ceremony, method);
  const started = await browser.post<{ challenge: { id: string; publicKey: Request } }>(
    `${path}/challenges`,
    ask,
  );
  const { id, publicKey } = good(started).challenge;
  const credential = device.get(publicKey, bent);
  return browser.post<InCeremony>(`${path}/proofs`, { ...ask, challenge: id, credential });
}
