import { sql } from 'kysely';
import type { Role } from '../../apps/server/src/gate/operators.ts';
import { HOUR_MS } from '../../apps/server/src/platform/clock/clock.ts';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { queueMessage } from '../../apps/server/src/platform/messages/messages.ts';
import { linkedApp } from './device-app.ts';
import { giveIdentity } from './identities.ts';
import { good } from './journeys.ts';
import { ceremonyOf, decide, giveOperator, type TestOperator } from './operators.ts';
import { provePasskey } from './passkeys.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';
import { type Prepare, type Prepared, post } from './prepared.ts';

const REASON = 'Called because of a lost telephone';

/** Opens a holder's file on an operator's desk. @returns its path in the API */
export async function openFile(
  { browser }: Pick<TestOperator, 'browser'>,
  { email }: Holder,
): Promise<string> {
  const wanted = { by: 'email', value: email, reason: REASON };
  const { holders } = good(
    await browser.post<{ holders: { file: string }[] }>('/api/console/holders/search', wanted),
  );
  return `/api/console/holders/${holders[0]?.file}`;
}

const SUSPECTED = { cause: 'suspected-abuse', reason: 'Sign-ins from three countries in an hour.' };

async function desk(on: PopulatedInstallation) {
  const operator = await giveOperator(on, 'help-desk');
  const holder = await on.holder({ totp: true });
  return { operator, holder, path: await openFile(operator, holder) };
}

/** A decision that its operator has approved: what is left is to ask again. */
async function approved(
  { browser, device }: TestOperator,
  path: string,
  body: object,
  method: 'POST' | 'PUT' = 'POST',
): Promise<Prepared> {
  const asked = await browser.request(method, path, body);
  const ceremony = ceremonyOf({ status: asked.status, body: await asked.json() });
  good(await provePasskey(browser, ceremony, device));
  return { ...post(browser, path, { ...body, approval: ceremony.id }, null), method };
}

const helping =
  (action: string, body: object = {}): Prepare =>
  async (on) => {
    const { operator, path } = await desk(on);
    return approved(operator, `${path}/${action}`, body);
  };

const BRANDING = '/api/console/branding';

/** How an administrator has the installation look. */
export const someBranding = (name: string) => ({
  name,
  logo: null as string | null,
  supportEmail: 'aiuto@borgo.example.org',
  chatUrl: null,
  colours: { primary: '#7a1f5c', header: '#3d0f2e' },
});

/** An administrator's decision, proven and carried out. */
export async function decideBranding(administrator: TestOperator, body: object): Promise<void> {
  const { browser, path, method, body: approvedBody } = await approved(administrator, BRANDING, body, 'PUT');
  const { status } = await browser.request(method, path, approvedBody);
  if (status !== 204) throw new Error(`the branding was not taken: ${status}`);
}

let clients = 0;

/** A relying party as the console registers one. */
export const someClient = () => ({
  clientId: `portal-${++clients}`,
  tokenEndpointAuthMethod: 'client_secret_basic',
  ...EDITED_CLIENT,
});

/** What the console changes of one. */
export const EDITED_CLIENT = {
  name: { it: 'Portale di prova', en: 'Test portal' },
  redirectUris: ['https://portal.example.org/callback'],
  postLogoutRedirectUris: [],
  scopes: ['openid', 'email'],
  policy: {
    secondFactor: 'optional',
    methods: ['totp', 'passkey'],
    registrationPhone: 'none',
    smsAlone: false,
  },
};

const CLIENTS = '/api/console/relying-parties';

/** Registers a relying party by an administrator's decision. @returns its path in the API, and its secret */
export async function giveClient(administrator: TestOperator, client = someClient()) {
  const { browser, path, body } = await approved(administrator, CLIENTS, client);
  const { clientSecret } = good(await browser.post<{ clientSecret: string | null }>(path, body));
  return { clientId: client.clientId, path: `${CLIENTS}/${client.clientId}`, clientSecret };
}

const changing =
  (action: string, body: object, method: 'POST' | 'PUT' = 'POST'): Prepare =>
  async (on) => {
    const administrator = await giveOperator(on, 'administrator');
    const { path } = await giveClient(administrator);
    return approved(administrator, path + action, body, method);
  };

const by =
  (role: Role, path: string): Prepare =>
  async (on) => {
    const { browser } = await giveOperator(on, role);
    return post(browser, path, {}, null);
  };

/** A message that was given up and may still be sent. @returns its id */
export async function giveUp(on: PopulatedInstallation, to = 'somebody@example.org'): Promise<string> {
  const { db } = on.database;
  const id = await inTransaction(db, async (tx) => {
    const message = { channel: 'email', template: 'support-received', language: 'en', to } as const;
    const params = { reference: 'R-1' };
    const queued = await queueMessage(tx, on.keyring, on.nowMs(), { ...message, params });
    await tx.deleteFrom('outbox_pending').where('id', '=', queued).execute();
    await tx
      .updateTable('outbox')
      .set({ state: 'dead', attempts: 8, last_error: 'the mailbox is full' })
      .where('id', '=', queued)
      .execute();
    return queued;
  });
  await sql`insert into outbox_dead (id, died_at, expires_at, forgotten)
    values (${id}, ${new Date(on.nowMs())}, ${new Date(on.nowMs() + HOUR_MS)}, false)`.execute(db);
  return id;
}

/** Stops a prefix, as one is to which codes go in vain. */
export async function stopPrefix(on: PopulatedInstallation, prefix: string): Promise<void> {
  const [now, until] = [new Date(on.nowMs()), new Date(on.nowMs() + HOUR_MS)];
  await sql`insert into sms_stopped_prefix (prefix, stopped_at, until, sent, confirmed, times)
    values (${prefix}, ${now}, ${until}, 100, 3, 1)
    on conflict (prefix) do update set until = excluded.until`.execute(on.database.db);
}

const someIdentity = async (on: PopulatedInstallation) =>
  giveIdentity({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs }, (await on.holder()).id);

/** Every write of help desk and of administrators, up to the moment before it. */
export const DESK_SCENARIOS: Record<string, Prepare> = {
  searchHolders: async (on) => {
    const { browser } = await giveOperator(on, 'help-desk');
    const { email } = await on.holder();
    const wanted = { by: 'email', value: email, reason: REASON };
    return post(browser, '/api/console/holders/search', wanted, null);
  },
  askCaller: async (on) => {
    const { operator, holder, path } = await desk(on);
    await linkedApp(on, holder);
    return post(operator.browser, `${path}/caller-checks`, {}, null);
  },
  startHolderRecovery: helping('recovery', { lost: 'password' }),
  endHolderSessions: helping('end-sessions'),
  suspendHolder: helping('suspend', SUSPECTED),
  requestHolderLift: async (on) => {
    const { operator, holder, path } = await desk(on);
    good(await decide(operator, `${path}/suspend`, SUSPECTED));
    const wanted = { cause: 'suspected-abuse', verified: 'At the desk, with the identity card.' };
    return post(operator.browser, `${path}/lift-requests`, wanted, holder);
  },
  retryDelivery: async (on) => {
    const { browser } = await giveOperator(on, 'help-desk');
    return post(browser, `/api/console/deliveries/${await giveUp(on)}/retry`, {}, null);
  },
  releasePrefix: async (on) => {
    const administrator = await giveOperator(on, 'administrator');
    await stopPrefix(on, '+39399');
    return approved(administrator, '/api/console/spending/release', { prefix: '+39399' });
  },
  searchEvidence: async (on) => {
    const { browser } = await giveOperator(on, 'auditor');
    const { accountId } = await someIdentity(on);
    return post(
      browser,
      '/api/console/evidence/search',
      { by: 'account', value: accountId, reason: REASON },
      null,
    );
  },
  openEvidence: async (on) => {
    const { browser } = await giveOperator(on, 'auditor');
    const { accountId, id } = await someIdentity(on);
    const wanted = { account: accountId, ref: `record/${id}`, reason: REASON };
    return post(browser, '/api/console/evidence/open', wanted, null);
  },
  checkAudit: by('auditor', '/api/console/audit/checks'),
  addRelyingParty: async (on) => approved(await giveOperator(on, 'administrator'), CLIENTS, someClient()),
  editRelyingParty: changing(
    '',
    { ...EDITED_CLIENT, redirectUris: ['https://other.example.org/back'] },
    'PUT',
  ),
  rotateRelyingPartySecret: changing('/secret', {}),
  setBranding: async (on) =>
    approved(await giveOperator(on, 'administrator'), BRANDING, someBranding('Comune di Borgo'), 'PUT'),
  resetBranding: async (on) => {
    const administrator = await giveOperator(on, 'administrator');
    await decideBranding(administrator, someBranding('Comune di Borgo'));
    return approved(administrator, `${BRANDING}/reset`, {});
  },
  switchRelyingParty: changing('/switch', { isOn: false }),
  rehearseRule: async (on) => {
    const { browser } = await giveOperator(on, 'administrator');
    const wanted = { policy: EDITED_CLIENT.policy, days: 30 };
    return post(browser, `${CLIENTS}/claims/rehearsal`, wanted, null);
  },
};
