import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AlmostChanged,
  addUnconfirmed,
  almostChanged,
  authorised,
  beginChange,
  change,
  finishChange,
  nameAddress,
  withPhone,
} from '../../../../../../tests/setup/contacts.ts';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  type Ceremony,
  good,
  type InCeremony,
  isSignedIn,
  outcome,
  sendCode,
  signIn,
  stepUpOf,
  tryCode,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2);
});
afterAll(() => on[Symbol.asyncDispose]());

const HOUR = 3600;
let numbers = 0;
const newPhone = () => `+39334123${String(++numbers).padStart(4, '0')}`;
const newEmail = () => `moved.${++numbers}@example.org`;

interface Account {
  email: string;
  heldUntil: string | null;
  contacts: { id: string; kind: string; address: string; verified: boolean; lockedUntil: string | null }[];
}
const accountOf = async (browser: HttpBrowser) => good(await browser.get<Account>('/api/account'));

describe('confirming a contact', () => {
  test('[REC-5] a code to it confirms the number, and nothing else does', async () => {
    const holder = await on.holder({ totp: true });
    const id = await addUnconfirmed(on, holder, 'phone', holder.phone);
    const browser = await signIn(on, on.browser(), holder);
    expect((await accountOf(browser)).contacts[1]).toMatchObject({ kind: 'phone', verified: false });
    const begun = await browser.post<InCeremony>(`/api/account/contacts/${id}/verification`);
    const { ceremony } = good(begun);
    const finish = () => browser.post('/api/account/contacts/verification/finish', { ceremony: ceremony.id });
    expect(outcome(await finish())).toBe('409 proof-missing');
    const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    good(await tryCode(browser, sent.ceremony, 'sms-code', sent.code));
    const finished = await Promise.all(Array.from({ length: 16 }, finish));
    expect(finished.filter(({ status }) => status === 204)).toHaveLength(1);
    expect((await accountOf(browser)).contacts[1]).toMatchObject({ kind: 'phone', verified: true });
    expect(outcome(await browser.post(`/api/account/contacts/${id}/verification`))).toBe('404 not-found');
  });

  test('[REC-5] [RATE-1] an e-mail address that another account has confirmed gets no code, and its owner a letter', async () => {
    const [owner, holder] = await on.holders(2, { totp: true });
    await on.database.db.deleteFrom('contact').where('account_id', '=', holder!.id).execute();
    const id = await addUnconfirmed(on, holder!, 'email', owner!.email);
    const browser = await signIn(on, on.browser(), { ...holder!, email: holder!.userId });
    const { ceremony } = good(await browser.post<InCeremony>(`/api/account/contacts/${id}/verification`));
    const ask = { slot: 'confirm-contact', method: 'email-code', target: id };
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/challenges`, ask))).toBe('201');
    const letter = await on.dev.newest(owner!.email);
    expect(letter.subject).toBe('This address already has an account');
    expect(letter.text).not.toMatch(/\b\d{6}\b/);
  });
});

describe('changing a contact', () => {
  test('[REC-5] [SPID-IDL-14] a code on the phone in use, then a code on the new address: nothing else, in no other order', async () => {
    const { holder, browser } = await withPhone(on);
    const elsewhere = await signIn(on, on.browser(1), holder);
    const address = newEmail();
    const { ceremony } = good(await beginChange(browser, 'email'));
    expect(ceremony.options).toMatchObject([{ slot: 'authorise', method: 'sms-code' }]);
    // The new address first, or the code of the app in the place of the one on the phone.
    expect(outcome(await nameAddress(browser, ceremony, address))).toBe('409 method-unavailable');
    const wrong = { slot: 'second', method: 'totp', target: null, code: await on.code(holder) };
    expect(outcome(await browser.post(`/api/ceremonies/${ceremony.id}/proofs`, wrong))).toBe(
      '409 method-unavailable',
    );
    const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    good(await tryCode(browser, sent.ceremony, 'sms-code', sent.code));
    const challenge = sent.ceremony.challenge?.id ?? '';
    // A step cannot be jumped: the first code does not finish anything.
    const early = { ceremony: ceremony.id, challenge, code: sent.code };
    expect(outcome(await finishChange(browser, early))).toBe('409 method-unavailable');

    const before = (await on.dev.outbox(address)).length;
    const named = good(await nameAddress(browser, ceremony, address));
    const code = await on.dev.code(address, before);
    const last = { ceremony: ceremony.id, challenge: named.challenge.id, code };
    expect(outcome(await finishChange(browser, { ...last, code: sent.code }))).toBe('422 code-rejected');
    expect(outcome(await finishChange(elsewhere, last))).toBe('404 ceremony-gone');
    expect(outcome(await browser.post('/api/step-up/finish', { ceremony: ceremony.id }))).toBe(
      '409 proof-missing',
    );
    good(await finishChange(browser, last));
    expect(await accountOf(browser)).toMatchObject({
      contacts: [{ kind: 'email', address, verified: true }, { kind: 'phone' }],
    });
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(outcome(await tryPassword(on.browser(), address, holder.password))).toBe('200');
  });

  test('[REC-5] the digest that both codes were given for contains the new address', async () => {
    const { holder, browser } = await withPhone(on);
    const ceremony = await authorised(on, browser, holder, 'email');
    const digests = async () => {
      const { digest } = await on.database.db
        .selectFrom('operation')
        .select('digest')
        .where('subject_id', '=', holder.id)
        .where('type', '=', 'change-email')
        .executeTakeFirstOrThrow();
      const evidence = await on.database.db
        .selectFrom('evidence')
        .select('operation_digest')
        .where('prover_id', '=', holder.id)
        .where('slot', '=', 'authorise')
        .executeTakeFirstOrThrow();
      expect(evidence.operation_digest?.toString('hex')).toBe(digest.toString('hex'));
      return digest.toString('hex');
    };
    const open = await digests();
    const first = good(await nameAddress(browser, ceremony, newEmail()));
    const one = await digests();
    const address = newEmail();
    const second = good(await nameAddress(browser, ceremony, address));
    expect(new Set([open, one, await digests()]).size).toBe(3);
    // The code to the address that was named before is worth nothing.
    const code = await on.dev.code(address);
    const stale = { ceremony: ceremony.id, challenge: first.challenge.id, code };
    expect(outcome(await finishChange(browser, stale))).toBe('409 challenge-over');
    good(await finishChange(browser, { ...stale, challenge: second.challenge.id }));
  });

  test('[REC-5] two ceremonies cannot be mixed: the codes of one finish nothing in the other', async () => {
    const { holder, browser } = await withPhone(on);
    const [mail, phone] = [newEmail(), newPhone()];
    const one = await almostChanged(on, browser, holder, 'email', mail);
    const other = await almostChanged(on, browser, holder, 'phone', phone);
    expect(outcome(await finishChange(browser, { ...one, ceremony: other.ceremony }))).toBe(
      '409 challenge-over',
    );
    expect(outcome(await finishChange(browser, { ...other, ceremony: one.ceremony }))).toBe(
      '409 challenge-over',
    );
    const unauthorised = good(await beginChange(browser, 'email')).ceremony;
    expect(outcome(await finishChange(browser, { ...one, ceremony: unauthorised.id }))).toBe(
      '409 method-unavailable',
    );
    good(await finishChange(browser, one));
  });

  test('[REC-5] [SES-4] the sign-in has to be fresh: five minutes later it is asked again', async () => {
    const { holder, browser } = await withPhone(on);
    await on.advance(301);
    const stepUp: Ceremony = stepUpOf(await beginChange(browser, 'phone'));
    expect(stepUp.options.map(({ method }) => method)).toContain('totp');
    good(await tryCode(browser, stepUp, 'totp', await on.code(holder)));
    good(await browser.post('/api/step-up/finish', { ceremony: stepUp.id }));
    good(await beginChange(browser, 'phone'));
  });

  test('[SPID-IDL-14] a new phone: a code on the one in use and one on the new; codes by SMS move with it, as one channel', async () => {
    const { holder, browser } = await withPhone(on);
    const phone = newPhone();
    good(await change(on, browser, holder, 'phone', phone));
    const rows = await on.database.db
      .selectFrom('contact')
      .innerJoin('authenticator', 'authenticator.contact_id', 'contact.id')
      .select(['contact.channel_id as contact', 'authenticator.channel_id as factor', 'authenticator.state'])
      .where('contact.account_id', '=', holder.id)
      .execute();
    expect(rows).toEqual([{ contact: rows[0]?.factor, factor: rows[0]?.contact, state: 'active' }]);
    const visitor = on.browser();
    const { ceremony } = good(await tryPassword(visitor, holder.email, holder.password));
    const sent = await sendCode(on, visitor, ceremony, 'sms-code', phone);
    expect(good(await tryCode(visitor, sent.ceremony, 'sms-code', sent.code)).ceremony.state).toBe(
      'satisfied',
    );
  });

  test('[REC-5] without a phone the second factor authorises, for this change; without either the mailbox in use', async () => {
    const holder = await on.holder({ totp: true });
    const browser = await signIn(on, on.browser(), holder);
    const { ceremony } = good(await beginChange(browser, 'phone'));
    expect(ceremony.options).toMatchObject([{ slot: 'second', method: 'totp' }]);
    expect(outcome(await nameAddress(browser, ceremony, newPhone()))).toBe('409 method-unavailable');
    good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
    good(await nameAddress(browser, ceremony, newPhone()));

    const plain = await on.holder();
    const at = await signIn(on, on.browser(), plain);
    const begun = good(await beginChange(at, 'email')).ceremony;
    expect(begun.options).toMatchObject([{ slot: 'authorise', method: 'email-code' }]);
  });

  test('[REC-5] what is no address, or is the one there is, is refused; the change goes on', async () => {
    const { holder, browser } = await withPhone(on);
    const ceremony = await authorised(on, browser, holder, 'email');
    expect(outcome(await nameAddress(browser, ceremony, 'not an address'))).toBe('422 email-not-accepted');
    expect(outcome(await nameAddress(browser, ceremony, holder.email.toUpperCase()))).toBe(
      '422 contact-the-same',
    );
    const other = await authorised(on, browser, holder, 'phone');
    expect(outcome(await nameAddress(browser, other, '+3906123456'))).toBe('422 phone-not-accepted');
    expect(outcome(await nameAddress(browser, other, holder.phone))).toBe('422 contact-the-same');
    expect(outcome(await nameAddress(browser, ceremony, newEmail()))).toBe('201');
  });

  test('[REC-5] [RATE-1] an address that somebody has is answered like any other; its owner gets a letter and no code', async () => {
    const owner = await on.holder();
    const { holder, browser } = await withPhone(on);
    const ceremony = await authorised(on, browser, holder, 'email');
    const before = (await on.dev.outbox(owner.email)).length;
    const named = await nameAddress(browser, ceremony, owner.email);
    const free = await nameAddress(browser, ceremony, newEmail());
    expect(Object.keys(good(named).challenge)).toEqual(Object.keys(good(free).challenge));
    expect((await on.dev.newest(owner.email, before)).subject).toBe('This address already has an account');
  });
});

describe('afterwards', () => {
  test('[REC-6] six days: refused at 143 hours, allowed at 144; the other contact is not held up', async () => {
    const { holder, browser } = await withPhone(on);
    const { changeableAt } = good(await change(on, browser, holder, 'phone', newPhone()));
    const shown = (await accountOf(browser)).contacts.find(({ kind }) => kind === 'phone');
    expect(Math.abs(Date.parse(shown?.lockedUntil ?? '') - Date.parse(changeableAt))).toBeLessThan(5_000);
    expect(await beginChange(browser, 'phone')).toMatchObject({
      status: 409,
      body: { until: shown?.lockedUntil },
    });
    expect(outcome(await beginChange(browser, 'email'))).toBe('201');
    const begin = async () => outcome(await beginChange(await signIn(on, on.browser(), holder), 'phone'));
    await on.advance(143 * HOUR);
    expect(await begin()).toBe('409 contact-locked');
    await on.advance(HOUR);
    expect(await begin()).toBe('201');
  });

  test('[REC-6] for a day resets and exports wait', async () => {
    const { holder, browser } = await withPhone(on);
    expect((await accountOf(browser)).heldUntil).toBeNull();
    good(await change(on, browser, holder, 'email', newEmail()));
    expect(Date.parse((await accountOf(browser)).heldUntil ?? '') - on.nowMs()).toBeGreaterThan(
      23.9 * HOUR * 1000,
    );
    const byUserId = { ...holder, email: holder.userId };
    const signedIn = () => signIn(on, on.browser(), byUserId);
    const exported = async () => outcome(await (await signedIn()).post('/api/account/exports'));
    await on.advance(23.9 * HOUR);
    expect(await exported()).toBe('409 contact-changed');
    await on.advance(0.1 * HOUR);
    expect((await accountOf(await signedIn())).heldUntil).toBeNull();
    expect(await exported()).toBe('202');
  });

  test('[SPID-NTF-2] the request and the update are told through a contact that was not changed', async () => {
    const { holder, browser } = await withPhone(on);
    const subjects = async () => (await on.dev.outbox(holder.email)).map(({ subject }) => subject);
    const almost = await almostChanged(on, browser, holder, 'email', newEmail());
    await expect
      .poll(subjects, { timeout: 10_000 })
      .toContain('Somebody asked to change your e-mail address');
    good(await finishChange(browser, almost));
    await expect.poll(subjects, { timeout: 10_000 }).toContain('Your e-mail address has changed');
    const texts = async () => (await on.dev.outbox(holder.phone)).map(({ text }) => text).join();
    await expect.poll(texts, { timeout: 10_000 }).toMatch(/e-mail address of your .* account has changed/);

    // Both contacts changed one after the other: the first mailbox, replaced, still hears of the second change.
    const phone = newPhone();
    await on.advance(30);
    good(await change(on, browser, holder, 'phone', phone));
    await expect.poll(subjects, { timeout: 10_000 }).toContain('Your mobile number has changed');
  });
});

describe('at the same time', () => {
  test('[REC-5] of sixteen that finish one change, one does', async () => {
    const { holder, browser } = await withPhone(on);
    const almost = await almostChanged(on, browser, holder, 'email', newEmail());
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        finishChange(index % 2 ? browser.at(on.nodes[1]!.url) : browser, almost),
      ),
    );
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    const contacts = await on.database.db
      .selectFrom('contact')
      .select('kind')
      .where('account_id', '=', holder.id)
      .execute();
    expect(contacts.map(({ kind }) => kind).sort()).toEqual(['email', 'phone']);
  });

  test('[REC-5] two browsers that finish two different changes: one does, and the other begins again', async () => {
    const { holder, browser } = await withPhone(on);
    const other = await signIn(on, on.browser(1), holder);
    const [address, phone] = [newEmail(), newPhone()];
    const mail = await almostChanged(on, browser, holder, 'email', address);
    await on.advance(31);
    const mobile = await almostChanged(on, other, holder, 'phone', phone);
    const results = await Promise.all([finishChange(browser, mail), finishChange(other, mobile)]);
    expect(results.map(outcome).sort()[0]).toBe('200');
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    const changed = await on.database.db
      .selectFrom('contact_change')
      .select('kind')
      .where('account_id', '=', holder.id)
      .execute();
    expect(changed).toEqual([{ kind: results[0]?.status === 200 ? 'email' : 'phone' }]);
  });

  test('[REC-5] two that take one address for two accounts: one has it', async () => {
    const address = newEmail();
    const people = [await withPhone(on), await withPhone(on)];
    const almost: AlmostChanged[] = [];
    for (const { holder, browser } of people) {
      await on.advance(31);
      almost.push(await almostChanged(on, browser, holder, 'email', address));
    }
    const results = await Promise.all(
      people.map(({ browser }, index) => finishChange(browser, almost[index]!)),
    );
    expect(results.map(outcome).sort()).toEqual(['200', '409 operation-gone']);
  });

  test('[PW-5] [REC-5] a password and a contact changed at once: whichever is first ends what the other stood on', async () => {
    const { holder, browser } = await withPhone(on);
    const other = await signIn(on, on.browser(1), holder);
    const almost = await almostChanged(on, browser, holder, 'email', newEmail());
    const given = { current: holder.password, next: 'a new lamp beside the river' };
    const { ceremony } = good(await other.post<InCeremony>('/api/account/password', given));
    const { id } = good(await tryCode(other, ceremony, 'totp', await on.code(holder))).ceremony;
    const [contact, password] = await Promise.all([
      finishChange(browser, almost),
      other.post('/api/account/password/finish', { ceremony: id }),
    ]);
    expect([contact.status === 200, password.status === 204].filter(Boolean)).toHaveLength(1);
  });
});
