import { daysLater, romeDayOf } from '@sigillo/identity';
import { openCase } from '../../apps/server/src/cases/open-case.service.ts';
import { putAside } from '../../apps/server/src/cases/put-aside.ts';
import { handleOf } from '../../apps/server/src/gate/handle.ts';
import { writeAudit } from '../../apps/server/src/platform/audit/audit.ts';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { giveIdentity, somePerson } from './identities.ts';
import { good, signIn } from './journeys.ts';
import { ceremonyOf, giveOperator, type TestOperator } from './operators.ts';
import { provePasskey } from './passkeys.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';
import { type Prepare, post } from './prepared.ts';
import { suspendSelf } from './suspensions.ts';

const surroundings = (on: PopulatedInstallation) => ({
  db: on.database.db,
  keyring: on.keyring,
  nowMs: on.nowMs,
});
const client = { address: '192.0.2.7', network: '192.0.2.7', userAgent: 'Test browser' };
const PDF = { mediaType: 'application/pdf' as const, content: Buffer.from('%PDF-1.7 %%EOF') };

/** A holder whose document may be replaced already, and is not told of yet. */
async function holderWithDocument(on: PopulatedInstallation) {
  const holder = await on.holder();
  const documentExpiresOn = daysLater(romeDayOf(on.nowMs()), 45);
  const identity = await giveIdentity(surroundings(on), holder.id, { documentExpiresOn });
  return { holder, identity };
}

const aside = (on: PopulatedInstallation) => {
  const clock = { now: () => new Date(on.nowMs()), nowMs: on.nowMs };
  return { cases: on.stores.cases, gate: { clock } };
};

const passport = (on: PopulatedInstallation) => ({
  type: 'passaporto',
  number: 'YA1234567',
  issuer: 'QuesturaRoma',
  issuedOn: romeDayOf(on.nowMs()),
  expiresOn: daysLater(romeDayOf(on.nowMs()), 3650),
});

/** A new document that waits to be reviewed, and a reviewer. */
export async function waitingCase(on: PopulatedInstallation) {
  const { holder, identity } = await holderWithDocument(on);
  const clock = { now: () => new Date(on.nowMs()) };
  const audit = (tx: Parameters<typeof writeAudit>[0], event: Parameters<typeof writeAudit>[2]) =>
    writeAudit(tx, on.keyring, event);
  const gate = { clock, audit } as unknown as Parameters<typeof openCase>[0]['gate'];
  const one = await inTransaction(on.database.db, (tx) =>
    openCase({ gate, cases: on.stores.cases }, tx, {
      subjectId: holder.id,
      kind: 'document-review',
      openedBy: holder.id,
      payload: { ...passport(on), identity: identity.id },
      files: [],
      client,
    }),
  );
  const id = handleOf({ proverId: one.subjectId, id: one.id });
  return { holder, operator: await giveOperator(on, 'reviewer'), path: `/api/console/cases/${id}` };
}

const VERIFIED = 'Called back at the registered number.';

/** A reviewer who has put a signed form aside, and the holder it is of. */
async function formOf(on: PopulatedInstallation) {
  // Its document is good for years: nothing is told of that meanwhile.
  const holder = await on.holder();
  await giveIdentity(surroundings(on), holder.id);
  const operator = await giveOperator(on, 'reviewer');
  await inTransaction(on.database.db, (tx) => putAside(aside(on), tx, operator.id, { ...PDF, part: 'form' }));
  return { holder, operator };
}

/** What the operator is asked to prove a key for, up to asking again. */
async function approved(
  { browser, device }: TestOperator,
  path: string,
  body: object,
  holder: Holder | null,
) {
  const ceremony = ceremonyOf(await browser.post(path, body));
  good(await provePasskey(browser, ceremony, device));
  return post(browser, path, { ...body, approval: ceremony.id }, holder);
}

/** Every write about cases, up to the moment before it. */
export const CASE_SCENARIOS: Record<string, Prepare> = {
  handInDocument: async (on) => {
    const { holder } = await holderWithDocument(on);
    const browser = await signIn(on, on.browser(), holder);
    await inTransaction(on.database.db, async (tx) => {
      for (const part of ['front', 'back']) await putAside(aside(on), tx, holder.id, { ...PDF, part });
    });
    return post(browser, '/api/selfcare/document', passport(on), holder);
  },
  withdrawDocument: async (on) => {
    const { holder } = await waitingCase(on);
    const browser = await signIn(on, on.browser(), holder);
    return post(browser, '/api/selfcare/document/withdraw', {}, holder);
  },
  requestIdentity: async (on) => {
    const { browser } = await giveOperator(on, 'reviewer');
    const holder = await on.holder({ sms: true });
    const documentExpiresOn = daysLater(romeDayOf(on.nowMs()), 1000);
    const attributes = somePerson(documentExpiresOn);
    const body = { holder: holder.email, type: 1, documentExpiresOn, attributes };
    return post(browser, '/api/console/identity-requests', body, holder);
  },
  requestRevocation: async (on) => {
    const { holder, operator } = await formOf(on);
    const wanted = { cause: 'holder-request', receivedBy: 'post', verified: VERIFIED };
    const body = { holder: holder.email, ...wanted };
    return post(operator.browser, '/api/console/revocation-requests', body, holder);
  },
  suspendFirst: async (on) => {
    const { holder, operator } = await formOf(on);
    const wanted = { cause: 'illicit-use', receivedBy: 'post', verified: VERIFIED };
    const { id } = good(
      await operator.browser.post<{ id: string }>('/api/console/revocation-requests', {
        holder: holder.email,
        ...wanted,
      }),
    );
    good(await operator.browser.post(`/api/console/cases/${id}/take`, {}));
    return approved(operator, `/api/console/cases/${id}/suspend`, {}, holder);
  },
  registerReport: async (on) => {
    const { holder, operator } = await formOf(on);
    const browser = await signIn(on, on.browser(), holder);
    await suspendSelf(on, browser, holder);
    const wanted = { receivedBy: 'post', receivedOn: romeDayOf(on.nowMs()), verified: VERIFIED };
    return approved(operator, '/api/console/abuse-reports', { holder: holder.email, ...wanted }, holder);
  },
  takeCase: async (on) => {
    const { holder, operator, path } = await waitingCase(on);
    return post(operator.browser, `${path}/take`, { note: 'Mine now.' }, holder);
  },
  releaseCase: async (on) => {
    const { holder, operator, path } = await waitingCase(on);
    good(await operator.browser.post(`${path}/take`, {}));
    return post(operator.browser, `${path}/release`, {}, holder);
  },
  decideCase: async (on) => {
    const { holder, operator, path } = await waitingCase(on);
    good(await operator.browser.post(`${path}/take`, {}));
    return approved(operator, `${path}/decision`, { accept: true }, holder);
  },
};
