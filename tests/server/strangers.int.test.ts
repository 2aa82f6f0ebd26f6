import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOperations, isWrite, type Operation, pathOf } from '../setup/api-operations.ts';
import { showQr } from '../setup/app-requests.ts';
import { EDITED_CLIENT } from '../setup/desk-scenarios.ts';
import { linkedApp } from '../setup/device-app.ts';
import type { Answer, HttpBrowser } from '../setup/http-browser.ts';
import { giveIdentity } from '../setup/identities.ts';
import {
  asked,
  type Ceremony,
  type Challenge,
  enterPassword,
  good,
  type InCeremony,
  outcome,
  sendCode,
  signIn,
  startApp,
} from '../setup/journeys.ts';
import { startPairing } from '../setup/link-app.ts';
import {
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  populatedInstallation,
} from '../setup/populated.ts';
import { SCENARIOS } from '../setup/scenarios.ts';
import { lastingState } from '../setup/table-contents.ts';

/** Everything of one person that has an id. */
interface Belongings {
  holder: Holder;
  browser: HttpBrowser;
  session: string;
  contact: string;
  authenticator: string;
  recoveryCodes: string;
  ceremony: Ceremony;
  challenge: Challenge;
  adding: Ceremony;
  enrolment: string;
  registration: string;
  pairing: string;
  device: string;
  identity: string;
  /** Removing the device, and the ceremony to approve it by. */
  removal: { operation: string; ceremony: Ceremony };
  ticket: string;
}

let on: PopulatedInstallation;
let operations: Operation[];
let mine: Belongings;
let theirs: Belongings;
beforeAll(async () => {
  on = await populatedInstallation();
  operations = await apiOperations(on.server.url);
  mine = await belongings('mine@example.org');
  theirs = await belongings('theirs@example.org');
});
afterAll(() => on[Symbol.asyncDispose]());

async function belongings(newAddress: string): Promise<Belongings> {
  const holder = await on.holder({ totp: true, sms: true });
  const browser = await signIn(on, on.browser(), holder);
  good(await browser.post('/api/account/recovery-codes'));
  const account = await on.database.db
    .selectFrom('authenticator')
    .select(['id', 'type'])
    .where('account_id', '=', holder.id)
    .execute();
  const contact = await on.database.db
    .selectFrom('contact')
    .select('id')
    .where('account_id', '=', holder.id)
    .where('kind', '=', 'phone')
    .executeTakeFirstOrThrow();
  const { sessions } = good(await browser.get<{ sessions: { id: string }[] }>('/api/account/sessions'));
  const open = await enterPassword(browser, holder);
  const { ceremony } = await sendCode(on, browser, open, 'sms-code', holder.phone);
  const adding = good(await browser.post<InCeremony>('/api/account/authenticators')).ceremony;
  const wanted = { email: newAddress, password: PASSWORD, language: 'en' };
  const begun = good(await browser.post<{ registration: string }>('/api/registrations', wanted));
  const { device } = await linkedApp(on, holder);
  const remove = `/api/account/devices/${device.id}/remove`;
  const removal = (await browser.post<Belongings['removal']>(remove)).body;
  return {
    holder,
    browser,
    session: sessions[0]!.id,
    contact: contact.id,
    authenticator: account.find((one) => one.type === 'totp')!.id,
    recoveryCodes: account.find((one) => one.type === 'recovery-code')!.id,
    ceremony,
    challenge: ceremony.challenge!,
    adding,
    enrolment: (await startApp(browser, adding)).id,
    registration: begun.registration,
    pairing: (await startPairing(browser)).id,
    device: device.id,
    identity: (await giveIdentity({ ...on, db: on.database.db }, holder.id)).id,
    removal,
    ticket: (await showQr(browser)).id,
  };
}

/** What the parameters of a path name, of somebody's. */
function namesOf(of: Belongings, { path }: Operation): Record<string, string> {
  if (path.startsWith('/api/ceremonies/{id}/enrolments/'))
    return { id: of.adding.id, enrolment: of.enrolment };
  if (path.startsWith('/api/ceremonies/')) return { id: of.ceremony.id };
  if (path.startsWith('/api/account/sessions/')) return { id: of.session };
  if (path.startsWith('/api/account/authenticators/')) return { id: of.authenticator };
  if (path.startsWith('/api/registrations/')) return { id: of.registration };
  if (path.startsWith('/api/account/consents/')) return { clientId: 'claims' };
  if (path.startsWith('/api/account/devices/pairings/')) return { id: of.pairing };
  if (path.startsWith('/api/account/devices/')) return { id: of.device };
  if (path.startsWith('/api/account/contacts/')) return { id: of.contact };
  if (path.startsWith('/api/selfcare/identities/')) return { id: of.identity };
  if (path.startsWith('/api/operations/')) return { id: of.removal.operation };
  if (path.startsWith('/api/qr-tickets/')) return { id: of.ticket };
  // Nobody's: who is no operator is told so before it is looked for.
  if (path.startsWith('/api/console/'))
    return {
      id: of.device,
      file: of.device,
      check: of.device,
      account: of.holder.id,
      client: 'claims',
      part: 'front',
    };
  throw new Error(`whose is what ${path} names?`);
}

/** Bodies that would do for the owner. */
const BODIES: Record<string, (of: Belongings) => object> = {
  startChallenge: (of) => asked(of.ceremony, 'sms-code'),
  proveChallenge: (of) => ({ ...asked(of.ceremony, 'sms-code'), challenge: of.challenge.id, code: '123456' }),
  startEnrolment: () => ({ method: 'totp' }),
  finishEnrolment: () => ({ code: '123456' }),
  correctPhone: () => ({ phone: '+393339998877' }),
  renewPassword: () => ({ current: PASSWORD, next: 'Amber-Falcon 12 under oaks' }),
  renameAuthenticator: () => ({ label: 'Mine now' }),
  decideCase: () => ({ accept: true }),
  renameDevice: () => ({ name: 'Mine now' }),
  removeDevice: (of) => ({ operation: of.removal.operation }),
  approveOperation: (of) => ({ ceremony: of.removal.ceremony.id }),
  changeOperatorRoles: () => ({ roles: ['reviewer'] }),
  startHolderRecovery: () => ({ lost: 'password' }),
  suspendHolder: () => ({ cause: 'suspected-abuse', reason: 'Somebody else answered' }),
  requestHolderLift: () => ({ cause: 'suspected-abuse', verified: 'Came with the document' }),
  switchRelyingParty: () => ({ isOn: false }),
  editRelyingParty: () => EDITED_CLIENT,
  rehearseRule: () => ({ policy: EDITED_CLIENT.policy, days: 7 }),
};

async function ask(
  browser: HttpBrowser,
  operation: Operation,
  names: Record<string, string>,
  of: Belongings,
) {
  const body = isWrite(operation) ? (BODIES[operation.id]?.(of) ?? {}) : undefined;
  const response = await browser.request(operation.method, pathOf(operation, names), body);
  return { response, body: (await response.json()) as { type: string; requestId: string; title: string } };
}

test('[WEB-7] whatever has an id is not there for anybody else: signed in, signed out, or in the owner’s network', async () => {
  const neighbour = on.browser(0, mine.browser.address);
  const before = await lastingState(on.database.db);
  // What apps sign is bound to their keys: shown where it is refused for others, and in cross-site.int.test.ts.
  // To take back a picture that is not one's own does nothing, and says so to nobody.
  const withParameters = operations.filter(
    ({ id, path, parameters }) =>
      parameters.length > 0 && !path.startsWith('/device/') && id !== 'cancelQr' && id !== 'uploadDocument',
  );
  expect(withParameters.length).toBeGreaterThanOrEqual(23);
  for (const operation of withParameters) {
    for (const stranger of [theirs.browser, neighbour, on.browser()]) {
      const { response, body } = await ask(stranger, operation, namesOf(mine, operation), mine);
      const isAnonymous =
        stranger !== theirs.browser && /^\/api\/(account|operations|selfcare)\//.test(operation.path);
      const isConsole = operation.path.startsWith('/api/console/');
      const notThere = operation.path.startsWith('/api/qr-tickets/') ? 410 : isConsole ? 403 : 404;
      expect([operation.id, response.status]).toEqual([operation.id, isAnonymous ? 401 : notThere]);
      expect(body.requestId).toBe(response.headers.get('x-request-id'));
    }
  }
  good(await theirs.browser.post(`/api/qr-tickets/${mine.ticket}/cancel`));
  expect(await lastingState(on.database.db)).toEqual(before);
});

test('[WEB-7] ids of somebody else in a body or below one’s own ceremony are no ids', async () => {
  const before = await lastingState(on.database.db);
  const { browser, ceremony, adding } = theirs;
  const outcomes: [string, Answer<unknown>][] = [];
  const send = async (path: string, body: object) => outcomes.push([path, await browser.post(path, body)]);
  await send('/api/sign-in/finish', { ceremony: mine.ceremony.id });
  await send('/api/step-up/finish', { ceremony: mine.adding.id });
  await send(`/api/ceremonies/${adding.id}/enrolments/${mine.enrolment}/proofs`, { code: '123456' });
  await send(`/api/ceremonies/${adding.id}/enrolments/${mine.enrolment}/challenges`, {});
  expect(outcomes.map(([, answer]) => outcome(answer))).toEqual(Array(4).fill('404 ceremony-gone'));

  const remove = `/api/account/devices/${theirs.device}/remove`;
  const approve = `/api/operations/${theirs.removal.operation}/approve`;
  const answers = [
    await browser.post(remove, { operation: mine.removal.operation }),
    await browser.post(approve, { ceremony: mine.removal.ceremony.id }),
    await browser.post('/api/qr-tickets', { ceremony: mine.ceremony.id }),
  ];
  expect(answers.map(outcome)).toEqual(['409 operation-gone', '404 ceremony-gone', '404 ceremony-gone']);

  const own = asked(ceremony, 'sms-code');
  const proofs = `/api/ceremonies/${ceremony.id}/proofs`;
  const foreign = [
    { ...own, challenge: mine.challenge.id, code: '123456' },
    { ...own, target: mine.challenge.target, challenge: mine.challenge.id, code: '123456' },
    { ...own, method: 'totp', target: mine.authenticator, code: '123456' },
    { ...own, method: 'recovery-code', target: mine.recoveryCodes, code: 'ABCD-EFGH-JKMN-PQRS' },
  ];
  const refused = await Promise.all(foreign.map((body) => browser.post(proofs, body)));
  expect(refused.map(outcome)).toEqual(['409 challenge-over', ...Array(3).fill('409 method-unavailable')]);
  expect(await lastingState(on.database.db)).toEqual(before);
});

test('[WEB-7] what lists or shows shows one’s own', async () => {
  for (const operation of operations.filter((one) => !isWrite(one) && one.parameters.length === 0)) {
    const text = await (await theirs.browser.request('GET', operation.path)).text();
    for (const secret of [
      mine.holder.email,
      mine.holder.userId,
      mine.session,
      mine.authenticator,
      mine.device,
    ])
      expect([operation.id, text.includes(secret)]).toEqual([operation.id, false]);
  }
});

const NASTY: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  "'; drop table account; --",
  '../../../etc/passwd',
  '{{7*7}}<script>alert(1)</script>',
  'x'.repeat(5000),
  '00000000-0000-0000-0000-000000000000',
  [],
  [['x']],
  {},
  { toString: 'x', constructor: { prototype: {} } },
];

const RAW = [
  '',
  'null',
  '[]',
  '"text"',
  '{"a":1',
  '{"__proto__":{"isAdmin":true}}',
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  '{"constructor":{"prototype":{"x":1}}}',
  '\u0000',
];

/** A refusal says what kind it is and which request it was, and nothing of how we are built. */
async function expectPlain(operation: string, sent: unknown, answer: Response): Promise<void> {
  const text = await answer.text();
  const context = [operation, JSON.stringify(sent)?.slice(0, 80), answer.status];
  expect([...context, answer.status < 500 || answer.status === 503]).toEqual([...context, true]);
  expect([...context, /\bat \S+ \(|node_modules|\.ts:\d|postgres|kysely/i.test(text)]).toEqual([
    ...context,
    false,
  ]);
  if (answer.status < 400) return;
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = JSON.parse(text) as { requestId: string; status: number };
  expect(problem).toMatchObject({ status: answer.status, requestId: answer.headers.get('x-request-id') });
}

test.each(Object.keys(SCENARIOS))('[WEB-7] %s takes no harm from whatever it is sent', async (operation) => {
  const { browser, method, path, body } = await SCENARIOS[operation]!(on);
  const cookies = new Map(browser.cookies);
  const send = async (sent: unknown, to = path) => {
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    await expectPlain(operation, sent, await browser.request(method, to, sent));
  };
  const logged = on.server.output().length;
  for (const raw of RAW) await send(raw);
  const takesBody = operations.find((one) => one.id === operation)?.body !== undefined;
  for (const name of takesBody ? [...Object.keys(body), 'interaction', 'unknown'] : [])
    for (const value of NASTY) await send({ ...body, [name]: value });
  const segments = path.split('/');
  const ids = segments.flatMap((segment, at) => (/[0-9-]{4}|[\w-]{43}/.test(segment) ? [at] : []));
  for (const at of ids)
    for (const value of ['%00', '%ff', '..%2f..', 'null', '%F0%9F%A6%8A', 'x'.repeat(300)])
      await send(body, segments.with(at, value).join('/'));
  expect(on.server.output().slice(logged)).not.toContain('internal-error');
});

test('[WEB-7] nor from headers', async () => {
  const { db } = on.database;
  const [name] = [on.browser()];
  for (const headers of [
    { 'x-forwarded-for': 'garbage' },
    { 'x-forwarded-for': ', ,1.2.3.4:99999,::1%eth0' },
    { 'x-forwarded-for': '1.2.3.4,'.repeat(800) },
    { 'user-agent': '\u0001\u007f' },
    { 'user-agent': 'Mozilla/5.0 ('.repeat(300) },
    { 'accept-language': 'x'.repeat(2000) },
    { cookie: '__Host-sigillo-browser=%00; __Host-sigillo-session==; ;;=' },
  ]) {
    const { email, password } = await on.holder();
    const body = { identifier: email, password };
    const safe = Object.fromEntries(
      Object.entries(headers).filter(([, value]) => !/[^\t\x20-\x7e]/.test(value)),
    );
    await expectPlain('headers', headers, await name!.request('POST', '/api/sign-in/password', body, safe));
  }
  expect(await db.selectFrom('account').select('id').limit(1).execute()).toHaveLength(1);
});
