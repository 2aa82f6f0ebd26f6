import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  browser,
  load,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../../../tests/setup/gate.ts';
import { challenge } from '../../../gate/challenge.ts';
import { CONFIRM_PHONE, OWN_PORTAL } from '../../../gate/policies.ts';
import { prove } from '../../../gate/prove.ts';
import { verdictOf } from '../../../gate/scene.ts';
import { draftSignIn } from '../../../gate/sign-in.ts';
import { openMessage } from '../../../platform/messages/sealed-message.ts';
import { correctPhone } from './correct-phone.service.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const settings = { allowedPhoneCountries: ['IT'] };
const wantsPhone = { ...OWN_PORTAL, registrationPhone: 'required' as const };
const context = { clientId: null, interaction: null, operationDigest: null };
const request = { policy: wantsPhone, wish: { level: null, maxAgeSeconds: null }, context };

/** An account whose number was given at registration and not confirmed. */
async function newcomer(): Promise<TestAccount & { contactId: string }> {
  const account = await testAccount(t);
  const contactId = account.phoneContact;
  const contact = { id: contactId, kind: 'phone' as const, channelId: contactId, address: account.phone };
  await t.gate.transaction((tx) =>
    t.stores.contacts.insert(tx, account.id, { ...contact, verifiedAt: null }, t.clock.now()),
  );
  return { ...account, contactId };
}

async function withPassword(account: TestAccount, me = browser()) {
  const scene = draftSignIn(t.gate, await load(t, account.id), request);
  const ask = { slot: 'first', method: 'password', target: account.passwordId };
  const response = { code: account.password };
  const proven = await prove(t.gate, { scene, ask, challengeId: null, response, presenter: me, isNew: true });
  return { me, scene: proven };
}

async function codeFor(to: string): Promise<string> {
  const rows = await t.platform.db.selectFrom('outbox').selectAll().orderBy('id', 'desc').execute();
  for (const { id, recipient_sealed, content_sealed } of rows) {
    if (!content_sealed) continue;
    const message = openMessage(t.platform.keyring, { id, recipient_sealed, content_sealed });
    if (message.to === to) return message.content.params.code ?? '';
  }
  throw new Error(`nothing was sent to ${to}`);
}

test('where the relying party wants a number, the one given at registration is confirmed before the session', async () => {
  const account = await newcomer();
  const { me, scene } = await withPassword(account);
  const ask = { slot: CONFIRM_PHONE, method: 'sms-code', target: account.contactId };
  expect(verdictOf(t.gate, scene)).toMatchObject({ satisfied: false, options: [ask] });
  const sent = await challenge(t.gate, scene, ask, me);
  const response = { code: await codeFor(account.phone) };
  const proven = await prove(t.gate, { scene, ask, challengeId: sent.id, response, presenter: me });
  expect(verdictOf(t.gate, proven).satisfied).toBe(true);
  const { contacts } = await load(t, account.id);
  expect(contacts.find((one) => one.id === account.contactId)?.verifiedAt).toEqual(t.clock.now());
  expect(verdictOf(t.gate, (await withPassword(account)).scene).satisfied).toBe(true);
});

test('a mistyped number is corrected; the code to the earlier one is void, a confirmed one is not touched', async () => {
  const account = await newcomer();
  const { me, scene } = await withPassword(account);
  const ask = { slot: CONFIRM_PHONE, method: 'sms-code', target: account.contactId };
  const early = await challenge(t.gate, scene, ask, me);
  const response = { code: await codeFor(account.phone) };
  const ports = { gate: t.gate, contacts: t.stores.contacts, settings };
  await expect(correctPhone(ports, scene, '+39 06 1234567', me)).rejects.toMatchObject({
    slug: 'phone-not-accepted',
  });
  await correctPhone(ports, scene, '+39 333 555 4433', me);
  const corrected = { ...scene, prover: await load(t, account.id) };
  const verdict = verdictOf(t.gate, corrected);
  const newAsk = verdict.satisfied ? undefined : verdict.options[0];
  if (!newAsk) throw new Error('the corrected number is not asked for');
  await expect(
    prove(t.gate, { scene: corrected, ask: newAsk, challengeId: early.id, response, presenter: me }),
  ).rejects.toMatchObject({ slug: 'challenge-over' });
  const again = await challenge(t.gate, corrected, newAsk, me);
  const right = { code: await codeFor('+393335554433') };
  await prove(t.gate, {
    scene: corrected,
    ask: newAsk,
    challengeId: again.id,
    response: right,
    presenter: me,
  });
  await expect(correctPhone(ports, corrected, '+39 333 555 4434', me)).rejects.toMatchObject({
    slug: 'method-unavailable',
  });
  const { contacts } = await load(t, account.id);
  expect(contacts.find((one) => one.kind === 'phone')?.address).toBe('+393335554433');
});

test('[OTP-4] a code that was sent to the earlier number confirms nothing of the corrected one, in no ceremony', async () => {
  const account = await newcomer();
  const ports = { gate: t.gate, contacts: t.stores.contacts, settings };
  const ask = { slot: CONFIRM_PHONE, method: 'sms-code', target: account.contactId };
  const [early, late] = [await withPassword(account), await withPassword(account)];
  const sent = await challenge(t.gate, early.scene, ask, early.me);
  const response = { code: await codeFor(account.phone) };
  await correctPhone(ports, late.scene, '+39 333 555 4455', late.me);

  const reopened = { ...early.scene, prover: await load(t, account.id) };
  for (const scene of [reopened, early.scene])
    await expect(
      prove(t.gate, { scene, ask, challengeId: sent.id, response, presenter: early.me }),
    ).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 409 || status === 422),
    });
  const { contacts } = await load(t, account.id);
  expect(contacts.find((one) => one.kind === 'phone')).toMatchObject({
    address: '+393335554455',
    verifiedAt: null,
  });
});
