import type { AttributeName } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { randomId } from '../../apps/server/src/platform/ids.ts';
import { apiOperations, isWrite, type Operation } from '../setup/api-operations.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { giveIdentity } from '../setup/identities.ts';
import { outcome, signIn } from '../setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import type { Prepared } from '../setup/prepared.ts';
import { PAGE_SCENARIOS } from '../setup/scenarios.ts';

/** What holders may do to a digital identity, asked of every write of our pages: what is added later too. */

/** Attributes that were verified: who somebody is. Where they live and how they are reached is theirs to change. */
const IDENTIFYING: readonly AttributeName[] = [
  'spidCode',
  'familyName',
  'placeOfBirth',
  'countyOfBirth',
  'dateOfBirth',
  'gender',
  'fiscalNumber',
  'companyName',
  'companyFiscalNumber',
  'ivaCode',
  'registeredOffice',
  'idCard',
];

/** Writes of self-care that ask for no fresh proof, and why. */
const WITHOUT_PROOF: Record<string, string> = {
  uploadDocument: 'puts a picture aside, which counts for nothing until it is handed in',
  containAccount: 'keeps everybody out: whoever fears for the account must not be held up',
};

/** Writes that are refused to who has an identity, and why. */
const REFUSED: Record<string, string> = {
  completePasswordReset: 'the password that others may choose is not good enough for an identity',
  beginPasswordChange: 'the password that others may choose is not good enough for an identity',
  requestErasure: 'the identity has to be revoked first, which is asked for with a form',
};

let on: PopulatedInstallation;
let operations: Operation[];
beforeAll(async () => {
  on = await populatedInstallation();
  operations = (await apiOperations(on.server.url)).filter(isWrite);
});
afterAll(() => on[Symbol.asyncDispose]());

/** Pages of operators are for operators, whom other tests look after. */
const isForHolders = ({ path }: Pick<Operation, 'path'>) => !path.startsWith('/api/console');

const send = ({ browser, method, path, body }: Prepared) =>
  method === 'PUT' ? browser.put(path, body) : browser.post(path, body);

test('[SPID-IDL-13] no write takes what was verified', () => {
  const taken = operations.filter(isForHolders).flatMap(({ id, body }) => {
    const names = Object.keys((body as { properties?: object } | undefined)?.properties ?? {});
    return IDENTIFYING.filter((name) => names.includes(name)).map((name) => `${id}: ${name}`);
  });
  expect(operations.length).toBeGreaterThan(40);
  expect(taken).toEqual([]);
});

describe('whatever a holder does', () => {
  test.each(Object.entries(PAGE_SCENARIOS))(
    '[SPID-IDL-10] [SPID-IDL-13] %s revokes no identity and changes nothing that was verified',
    async (id, prepare) => {
      const prepared = await prepare(on);
      const { holder } = prepared;
      if (!holder || !isForHolders(prepared)) return;
      const surroundings = { db: on.database.db, keyring: on.keyring, nowMs: on.nowMs };
      const held = () => inTransaction(on.database.db, (tx) => on.stores.identities.ofAccount(tx, holder.id));
      const before = (await held())[0] ?? (await giveIdentity(surroundings, holder.id));
      const { status } = await send(prepared);
      if (id in REFUSED) expect([409, 422]).toContain(status);
      else expect(status).toBeLessThan(300);
      const after = (await held()).find(({ id }) => id === before.id);
      expect(after?.state).not.toBe('revoked');
      for (const name of [...IDENTIFYING, 'name'] as const)
        expect(after?.attributes[name], name).toBe(before.attributes[name]);
    },
  );
});

test('[SPID-IDL-13] with the password alone nothing of self-care is edited by who has a second factor', async () => {
  const edits = operations.filter(
    ({ id, path }) => path.startsWith('/api/selfcare/') && !(id in WITHOUT_PROOF),
  );
  expect(edits.length).toBeGreaterThan(1);
  for (const { id } of edits) {
    const prepared = await PAGE_SCENARIOS[id]?.(on);
    if (!prepared) throw new Error(`${id} has no scenario`);
    const browser = await signedInBelow();
    // Before anything was approved.
    const { operation: _, ...body } = prepared.body;
    expect(`${id}: ${outcome(await send({ ...prepared, browser, body }))}`).toBe(`${id}: 403 proof-needed`);
  }
});

/** A session of level 1, just opened, of somebody who has a second factor meanwhile. */
async function signedInBelow(): Promise<HttpBrowser> {
  const holder = await on.holder();
  const browser = await signIn(on, on.browser(), holder);
  const totp = { id: randomId(), method: 'totp', channelId: randomId(), contactId: null, label: '' };
  const strength = { state: 'active', bindingLevel: 2, keyProtection: 'software' } as const;
  const secret = { secret: holder.seed, at: new Date(on.nowMs()), expiresAt: null };
  await inTransaction(on.database.db, (tx) =>
    on.stores.authenticators.insert(tx, holder.id, { ...totp, ...strength, ...secret }),
  );
  return browser;
}
