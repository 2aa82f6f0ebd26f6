import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestGate, testGate } from '../../../../../../tests/setup/gate.ts';
import { NOBODY, readAudit } from '../../../platform/audit/audit.ts';
import { StartRefused } from '../../../platform/start-refused.ts';
import { applyClientsFile, readClientsFile } from '../../../protocols/oidc/clients-file.ts';
import type { RelyingPartyStore } from '../../../protocols/oidc/relying-party-ports.ts';
import { relyingPartyStore } from '../../../stores/relying-party.store.ts';
import { importClients } from './import.command.ts';

const FILE = join(import.meta.dirname, '../../../../../demo/relying-parties.json');
const clients = readClientsFile(FILE);
const ids = clients.map(({ clientId }) => clientId).sort();

let t: TestGate;
let registry: RelyingPartyStore;
beforeAll(async () => {
  t = await testGate();
  registry = relyingPartyStore(t.platform.db, t.platform.keyring);
});
afterAll(() => t[Symbol.asyncDispose]());

const registered = async () => (await registry.list()).map(({ clientId, source }) => [clientId, source]);
const importedIds = ids.map((id) => [id, 'import']);

test('[AUD-1] relying parties are registered, each with its audit row, and again changes nothing', async () => {
  await importClients(t.platform, registry, clients);
  expect(await registered()).toEqual(importedIds);
  const audit = await readAudit(t.platform.db, t.platform.keyring, NOBODY);
  expect(audit.map(({ type, details }) => [type, details.clientId]).sort()).toEqual(
    ids.map((id) => ['relying-party-imported', id]),
  );
  await importClients(t.platform, registry, clients);
  expect(await registered()).toEqual(importedIds);
});

test('when one cannot be registered, none is', async () => {
  const before = await registered();
  const fresh = clients.map((client) => ({ ...client, clientId: `new-${client.clientId}` }));
  const failing = { ...registry, save: failAfter(registry, 1) };
  await expect(importClients(t.platform, failing, fresh)).rejects.toThrow('disk full');
  expect(await registered()).toEqual(before);
});

test('what the clients file has is changed there', async () => {
  await applyClientsFile({ ...t.platform, relyingParties: registry }, clients);
  await expect(importClients(t.platform, registry, clients)).rejects.toBeInstanceOf(StartRefused);
  expect(await registered()).toEqual(ids.map((id) => [id, 'config']));
});

/** The registry's own `save`, until it fails. */
function failAfter({ save }: RelyingPartyStore, calls: number): RelyingPartyStore['save'] {
  let left = calls;
  return async (...saved) => {
    if (left-- === 0) throw new Error('disk full');
    await save(...saved);
  };
}
