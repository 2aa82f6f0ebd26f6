import { base32Decode, totpAt } from '@sigillo/otp';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { randomId } from '../../apps/server/src/platform/ids.ts';
import { APP_SCENARIOS, PAGES_ABOUT_APPS } from './app-scenarios.ts';
import { CASE_SCENARIOS } from './case-scenarios.ts';
import { CONSOLE_SCENARIOS } from './console-scenarios.ts';
import { CONTACT_SCENARIOS } from './contact-scenarios.ts';
import { DESK_SCENARIOS } from './desk-scenarios.ts';
import type { HttpBrowser } from './http-browser.ts';
import { agePassword, giveIdentity } from './identities.ts';
import {
  asked,
  type Ceremony,
  enterPassword,
  good,
  type InCeremony,
  sendCode,
  signIn,
  startApp,
  stepUpOf,
  tryCode,
} from './journeys.ts';
import { addPasskey, askAnyPasskey } from './passkeys.ts';
import { type Holder, PASSWORD, type PopulatedInstallation } from './populated.ts';
import { type Prepare, type Prepared, post } from './prepared.ts';
import { PRIVACY_SCENARIOS } from './privacy-scenarios.ts';
import { SoftPasskey } from './soft-passkey.ts';
import { SUSPENSION_SCENARIOS } from './suspensions.ts';

async function entered(on: PopulatedInstallation, holder: Holder) {
  const browser = on.browser();
  return { browser, ceremony: await enterPassword(browser, holder) };
}

async function settled(on: PopulatedInstallation) {
  const holder = await on.holder({ totp: true });
  const elsewhere = await signIn(on, on.browser(), holder);
  const browser = await signIn(on, on.browser(), holder);
  return { holder, elsewhere, browser };
}

async function adding(on: PopulatedInstallation) {
  const holder = await on.holder();
  const browser = await signIn(on, on.browser(), holder);
  const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
  return { holder, browser, enrolments: `/api/ceremonies/${ceremony.id}/enrolments`, ceremony };
}

/** On something the settled holder has: their app, or the session they have elsewhere. */
function onOwn(what: 'authenticators' | 'sessions', action: string, body = {}): Prepare {
  return async (on) => {
    const { holder, browser, elsewhere } = await settled(on);
    const { authenticators } = good(await browser.get<{ authenticators: { id: string }[] }>('/api/account'));
    const { sessions } = good(
      await elsewhere.get<{ sessions: { id: string; current: boolean }[] }>('/api/account/sessions'),
    );
    const id = what === 'sessions' ? sessions.find((one) => one.current)?.id : authenticators.at(0)?.id;
    return post(browser, `/api/account/${what}/${id}/${action}`, body, holder);
  };
}

let emails = 0;
const registration = () => ({
  email: `newcomer.${++emails}@example.org`,
  password: PASSWORD,
  language: 'en' as const,
});

/** A relying party's request that waits in a browser: its id. */
async function waitingRequest(browser: HttpBrowser, clientId: string, port: number): Promise<string> {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `http://127.0.0.1:${port}/callback`,
    response_type: 'code',
    scope: 'openid email',
    state: 'of the test',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { headers } = await browser.request('GET', `/oidc/authorize?${query}`);
  return interactionIn(headers);
}

function interactionIn(headers: Headers): string {
  const location = new URL(headers.get('location') ?? '', 'http://localhost');
  const interaction = location.searchParams.get('interaction');
  if (!interaction) throw new Error(`no interaction in ${location}`);
  return interaction;
}

/** Signs in for a relying party's request, to where the holder is asked for consent. */
async function askedForConsent(on: PopulatedInstallation): Promise<Prepared> {
  const holder = await on.holder({ totp: true });
  const browser = on.browser();
  const interaction = await waitingRequest(browser, 'claims', 8083);
  const given = { interaction, identifier: holder.email, password: holder.password };
  const { ceremony } = good(await browser.post<InCeremony>('/api/sign-in/password', given));
  good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
  const finish = { interaction, ceremony: ceremony.id };
  const { redirectTo } = good(await browser.post<{ redirectTo: string }>('/api/sign-in/finish', finish));
  const { headers } = await browser.request('GET', redirectTo);
  return post(browser, '/api/consent', { interaction: interactionIn(headers), accept: true }, holder);
}

async function withUnconfirmedPhone(on: PopulatedInstallation): Promise<Prepared> {
  const holder = await on.holder();
  const { db } = on.database;
  const phone = { id: randomId(), kind: 'phone' as const, channelId: randomId(), address: holder.phone };
  await inTransaction(db, (tx) =>
    on.stores.contacts.insert(tx, holder.id, { ...phone, verifiedAt: null }, new Date(on.nowMs())),
  );
  const browser = on.browser();
  const interaction = await waitingRequest(browser, 'customer-care', 8082);
  const given = { interaction, identifier: holder.email, password: holder.password };
  const { ceremony } = good(await browser.post<InCeremony>('/api/sign-in/password', given));
  const body = { phone: '+393339998877' };
  return { browser, method: 'PUT', path: `/api/ceremonies/${ceremony.id}/phone`, body, holder };
}

const proofOf = (ceremony: Ceremony, method: string, code: string) => ({
  ...asked(ceremony, method),
  ...(ceremony.challenge ? { challenge: ceremony.challenge.id } : {}),
  code,
});

/** Every write of our own pages that changes something, up to the moment before it. */
export const PAGE_SCENARIOS: Record<string, Prepare> = {
  signInWithPassword: async (on) => {
    const holder = await on.holder();
    const body = { identifier: holder.email, password: holder.password };
    return post(on.browser(), '/api/sign-in/password', body, holder);
  },
  signInWithPasskey: async (on) => {
    const { holder, browser } = await settled(on);
    const device = new SoftPasskey(on.server.issuer);
    await addPasskey(browser, device);
    const visitor = on.browser();
    const { ticket, publicKey } = await askAnyPasskey(visitor);
    return post(visitor, '/api/sign-in/passkey', { ticket, credential: device.get(publicKey) }, holder);
  },
  finishSignIn: async (on) => {
    const holder = await on.holder();
    const { browser, ceremony } = await entered(on, holder);
    return post(browser, '/api/sign-in/finish', { ceremony: ceremony.id }, holder);
  },
  startChallenge: async (on) => {
    const holder = await on.holder({ sms: true });
    const { browser, ceremony } = await entered(on, holder);
    return post(browser, `/api/ceremonies/${ceremony.id}/challenges`, asked(ceremony, 'sms-code'), holder);
  },
  proveChallenge: async (on) => {
    const holder = await on.holder({ sms: true });
    const { browser, ceremony } = await entered(on, holder);
    const sent = await sendCode(on, browser, ceremony, 'sms-code', holder.phone);
    const proof = proofOf(sent.ceremony, 'sms-code', sent.code);
    return post(browser, `/api/ceremonies/${ceremony.id}/proofs`, proof, holder);
  },
  startEnrolment: async (on) => {
    const { holder, browser, enrolments } = await adding(on);
    return post(browser, enrolments, { method: 'totp' }, holder);
  },
  resendEnrolmentCode: async (on) => {
    const { holder, browser, enrolments } = await adding(on);
    const wanted = { method: 'sms-code', phone: holder.phone };
    const begun = good(await browser.post<{ enrolment: { id: string } }>(enrolments, wanted));
    return post(browser, `${enrolments}/${begun.enrolment.id}/challenges`, {}, holder);
  },
  finishEnrolment: async (on) => {
    const { holder, browser, enrolments, ceremony } = await adding(on);
    const { id, key } = await startApp(browser, ceremony);
    const code = await totpAt(base32Decode(key) ?? new Uint8Array(), on.nowMs());
    return post(browser, `${enrolments}/${id}/proofs`, { code, label: 'My phone' }, holder);
  },
  startRecovery: async (on) => {
    const holder = await on.holder({ totp: true });
    const { browser, ceremony } = await entered(on, holder);
    return post(browser, `/api/ceremonies/${ceremony.id}/recovery`, {}, holder);
  },
  correctPhone: withUnconfirmedPhone,
  renewPassword: async (on) => {
    const holder = await on.holder();
    await giveIdentity({ ...on, db: on.database.db }, holder.id);
    await agePassword(on, holder.id, 181);
    const { browser, ceremony } = await entered(on, holder);
    const body = { current: holder.password, next: 'Amber-Falcon 12 under oaks' };
    return post(browser, `/api/ceremonies/${ceremony.id}/password`, body, holder);
  },
  register: async (on) => post(on.browser(), '/api/registrations', registration(), null),
  resendConfirmation: async (on) => {
    const browser = on.browser();
    const begun = await browser.post<{ registration: string }>('/api/registrations', registration());
    return post(browser, `/api/registrations/${good(begun).registration}/resend`, {}, null);
  },
  confirmRegistration: async (on) => {
    const wanted = registration();
    const browser = on.browser();
    good(await browser.post('/api/registrations', wanted));
    const token = await on.dev.linkToken(wanted.email);
    return post(browser, '/api/registrations/confirm', { token, password: wanted.password }, null);
  },
  requestPasswordReset: async (on) => {
    const holder = await on.holder();
    return post(on.browser(), '/api/password-resets', { identifier: holder.email }, holder);
  },
  completePasswordReset: async (on) => {
    const holder = await on.holder();
    good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
    const token = await on.dev.linkToken(holder.email);
    const body = { token, password: 'a new lamp beside the river' };
    return post(on.browser(), '/api/password-resets/complete', body, holder);
  },
  decideConsent: askedForConsent,
  finishStepUp: async (on) => {
    const { holder, browser } = await settled(on);
    await on.advance(301);
    const stepUp = stepUpOf(await browser.post('/api/account/recovery-codes'));
    good(await tryCode(browser, stepUp, 'totp', await on.code(holder)));
    return post(browser, '/api/step-up/finish', { ceremony: stepUp.id }, holder);
  },
  signOut: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, '/api/sign-out', {}, holder);
  },
  setLanguage: async (on) => {
    const { holder, browser } = await settled(on);
    return { ...post(browser, '/api/language', { language: 'it' }, holder), method: 'PUT' };
  },
  endSession: onOwn('sessions', 'end'),
  endAllSessions: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, '/api/account/sessions/end-all', { keepCurrent: true }, holder);
  },
  changeResidence: async (on) => {
    const { holder, browser } = await settled(on);
    const body = {
      country: 'IT',
      street: 'Via Dante 1',
      postalCode: '20121',
      municipality: 'Milano',
      province: 'MI',
    };
    return { ...post(browser, '/api/selfcare/residence', body, holder), method: 'PUT' };
  },
  chooseCodeDelivery: async (on) => {
    const { holder, browser } = await settled(on);
    return { ...post(browser, '/api/selfcare/code-delivery', { chosen: 'app' }, holder), method: 'PUT' };
  },
  addAuthenticator: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, '/api/account/authenticators', {}, holder);
  },
  removeAuthenticator: onOwn('authenticators', 'remove'),
  renameAuthenticator: onOwn('authenticators', 'rename', { label: 'The blue one' }),
  issueRecoveryCodes: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, '/api/account/recovery-codes', {}, holder);
  },
  revokeConsent: async (on) => {
    const asking = await askedForConsent(on);
    const { redirectTo } = good(await asking.browser.post<{ redirectTo: string }>(asking.path, asking.body));
    await asking.browser.request('GET', redirectTo);
    return post(asking.browser, '/api/account/consents/claims/revoke', {}, asking.holder);
  },
  exportAccessHistory: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, '/api/selfcare/history/exports', { format: 'json' }, holder);
  },
  containAccount: async (on) => {
    const { holder, browser } = await settled(on);
    return post(browser, '/api/selfcare/history/not-me', { access: null }, holder);
  },
  beginPasswordChange: async (on) => {
    const { holder, browser } = await settled(on);
    const given = { current: PASSWORD, next: 'a new lamp beside the river' };
    return post(browser, '/api/account/password', given, holder);
  },
  finishPasswordChange: async (on) => {
    const { holder, browser } = await settled(on);
    const given = { current: PASSWORD, next: 'a new lamp beside the river' };
    const { ceremony } = good(await browser.post<InCeremony>('/api/account/password', given));
    good(await tryCode(browser, ceremony, 'totp', await on.code(holder)));
    return post(browser, '/api/account/password/finish', { ceremony: ceremony.id }, holder);
  },
  ...CONTACT_SCENARIOS,
  contactSupport: async (on) => {
    const body = { email: 'asker@example.org', topic: 'other', message: 'Help, please.' };
    return post(on.browser(), '/api/support', body, null);
  },
  ...PAGES_ABOUT_APPS,
  ...CONSOLE_SCENARIOS,
  ...SUSPENSION_SCENARIOS,
  ...PRIVACY_SCENARIOS,
  ...DESK_SCENARIOS,
  ...CASE_SCENARIOS,
};

/** The same, and those of apps. */
export const SCENARIOS: Record<string, Prepare> = { ...PAGE_SCENARIOS, ...APP_SCENARIOS };

/** Writes that change nothing for good: why they have no scenario. */
export const INERT: Record<string, string> = {
  startSignIn: 'begins a ceremony at most, which counts for nothing until something is proven in it',
  startPasskeySignIn: 'asks a question of nobody in particular, which nothing but its answer can use',
  checkPasswordReset: 'looks at a link',
  openInvitation: 'looks at a link',
  startOperatorKey: 'asks for a key that counts for nothing until the invitation is taken up with it',
  uploadDocument: 'puts a picture aside, which counts for nothing until it is handed in',
  uploadForm: 'puts a form aside, which counts for nothing until a case is opened with it',
  keepConsoleSession: 'is a use of a session, and nothing else',
  checkContactChange: 'looks at a link',
  markNoticesSeen: 'marks what its reader has read',
  unlockDevice: 'counts a try and gives a share; what it ends or stops is recorded where it does',
  getLink: 'looks at a ceremony',
  lookAtPairing: 'looks at a code',
  scanSignIn: 'shows an app what waits: nothing but its approval counts',
  startQr: 'shows a picture, which counts for nothing until an app approves it',
  redrawQr: 'shows another picture in its place',
  typeQrInstead: 'shows a code in its place',
  cancelQr: 'takes the picture back',
  confirmUnlock: 'moves a device on to its next share, which proves nothing by itself',
};
