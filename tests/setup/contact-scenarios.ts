import { addUnconfirmed, almostChanged, authorised, change, withPhone } from './contacts.ts';
import { good, type InCeremony, sendCode, signIn, tryCode } from './journeys.ts';
import type { PopulatedInstallation } from './populated.ts';
import { type Prepare, post } from './prepared.ts';

let numbers = 0;
const address = () => `another.${++numbers}@example.org`;

/** Somebody signed in with a number that nobody has confirmed, and its id. */
async function unconfirmed(on: PopulatedInstallation) {
  const holder = await on.holder({ totp: true });
  const id = await addUnconfirmed(on, holder, 'phone', holder.phone);
  return { holder, id, browser: await signIn(on, on.browser(), holder) };
}

/** What holders do to their contacts, up to the moment before it. */
export const CONTACT_SCENARIOS: Record<string, Prepare> = {
  beginContactVerification: async (on) => {
    const { holder, id, browser } = await unconfirmed(on);
    return post(browser, `/api/account/contacts/${id}/verification`, {}, holder);
  },
  finishContactVerification: async (on) => {
    const { holder, id, browser } = await unconfirmed(on);
    const { ceremony } = good(await browser.post<InCeremony>(`/api/account/contacts/${id}/verification`));
    const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    good(await tryCode(browser, sent.ceremony, 'sms-code', sent.code));
    return post(browser, '/api/account/contacts/verification/finish', { ceremony: ceremony.id }, holder);
  },
  beginContactChange: async (on) => {
    const { holder, browser } = await withPhone(on);
    return post(browser, '/api/account/contacts/changes', { kind: 'email' }, holder);
  },
  nameNewContact: async (on) => {
    const { holder, browser } = await withPhone(on);
    const { id } = await authorised(on, browser, holder, 'email');
    return post(
      browser,
      '/api/account/contacts/changes/address',
      { ceremony: id, address: address() },
      holder,
    );
  },
  finishContactChange: async (on) => {
    const { holder, browser } = await withPhone(on);
    const almost = await almostChanged(on, browser, holder, 'email', address());
    return post(browser, '/api/account/contacts/changes/finish', almost, holder);
  },
  cancelContactChange: async (on) => {
    const { holder, browser } = await withPhone(on);
    good(await change(on, browser, holder, 'email', address()));
    const token = await on.dev.linkToken(holder.email);
    return post(on.browser(), '/api/contact-changes/cancel', { token }, holder);
  },
};
