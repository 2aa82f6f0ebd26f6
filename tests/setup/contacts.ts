import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { randomId } from '../../apps/server/src/platform/ids.ts';
import type { Answer, HttpBrowser } from './http-browser.ts';
import {
  type Ceremony,
  type Challenge,
  good,
  type InCeremony,
  sendCode,
  signIn,
  tryCode,
} from './journeys.ts';
import type { Enrolled, Holder, PopulatedInstallation } from './populated.ts';

export type Kind = 'email' | 'phone';

export const beginChange = (browser: HttpBrowser, kind: Kind) =>
  browser.post<InCeremony>('/api/account/contacts/changes', { kind });

export const nameAddress = (browser: HttpBrowser, ceremony: Pick<Ceremony, 'id'>, address: string) =>
  browser.post<{ ceremony: Ceremony; challenge: Challenge }>('/api/account/contacts/changes/address', {
    ceremony: ceremony.id,
    address,
  });

/** What is proven and named of a change, so that one code finishes it. */
export interface AlmostChanged {
  ceremony: string;
  challenge: string;
  code: string;
}

export const finishChange = (browser: HttpBrowser, almost: AlmostChanged) =>
  browser.post<{ changeableAt: string }>('/api/account/contacts/changes/finish', almost);

/** A signed-in holder with a confirmed phone, who uses an authenticator app to sign in. */
export async function withPhone(
  on: PopulatedInstallation,
  enrolled: Enrolled = { totp: true, sms: true },
): Promise<{ holder: Holder; browser: HttpBrowser }> {
  const holder = await on.holder(enrolled);
  return { holder, browser: await signIn(on, on.browser(), holder) };
}

/** The change with its first code given. */
export async function authorised(
  on: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
  kind: Kind,
): Promise<Ceremony> {
  const { ceremony } = good(await beginChange(browser, kind));
  const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
  return good(await tryCode(browser, sent.ceremony, 'sms-code', sent.code)).ceremony;
}

/** Up to the moment before the last code is handed in. */
export async function almostChanged(
  on: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
  kind: Kind,
  address: string,
): Promise<AlmostChanged> {
  const ceremony = await authorised(on, browser, holder, kind);
  const before = (await on.dev.outbox(address)).length;
  const { challenge } = good(await nameAddress(browser, ceremony, address));
  return { ceremony: ceremony.id, challenge: challenge.id, code: await on.dev.code(address, before) };
}

/** The whole change. */
export async function change(
  on: PopulatedInstallation,
  browser: HttpBrowser,
  holder: Holder,
  kind: Kind,
  address: string,
): Promise<Answer<{ changeableAt: string }>> {
  return finishChange(browser, await almostChanged(on, browser, holder, kind, address));
}

/** Another contact of the account that nobody has confirmed. */
export async function addUnconfirmed(
  on: PopulatedInstallation,
  holder: Holder,
  kind: Kind,
  address: string,
): Promise<string> {
  const contact = { id: randomId(), kind, channelId: randomId(), address, verifiedAt: null };
  await inTransaction(on.database.db, (tx) =>
    on.stores.contacts.insert(tx, holder.id, contact, new Date(on.nowMs())),
  );
  return contact.id;
}

export const cancel = (browser: HttpBrowser, token: string) =>
  browser.post('/api/contact-changes/cancel', { token });
