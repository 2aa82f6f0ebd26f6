import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestGate, testGate } from '../../../../../../tests/setup/gate.ts';
import { NOBODY, readAudit } from '../../../platform/audit/audit.ts';
import { importClients } from './import.command.ts';
import type { ClientRegistry } from './import-clients.service.ts';

const Entry = z.looseObject({ clientId: z.string(), redirectUris: z.array(z.url()) });

/** Keeps registrations in the real table; what a registration looks like is the protocol's business. */
const registry: ClientRegistry<z.output<typeof Entry>> = {
  read(entry) {
    const { data: client, error } = Entry.safeParse(entry);
    if (client) return { client };
    return { faults: error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message })) };
  },
  async save(tx, { clientId, ...profile }, at) {
    const values = {
      source: 'import' as const,
      metadata: '{}',
      secret_sealed: null,
      profile: JSON.stringify(profile),
    };
    await tx
      .insertInto('relying_party')
      .values({ client_id: clientId, ...values, updated_at: at, disabled_at: null })
      .onConflict((conflict) => conflict.column('client_id').doUpdateSet({ ...values, updated_at: at }))
      .execute();
  },
};

let t: TestGate;
let folder: string;
let files = 0;
beforeAll(async () => {
  t = await testGate();
  folder = await mkdtemp(join(tmpdir(), 'sigillo-clients-'));
});
afterAll(async () => {
  await t[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function run(content: string): Promise<number> {
  const file = join(folder, `clients-${++files}.json`);
  await writeFile(file, content);
  return importClients(t.platform, registry, file);
}

const clientIds = async () =>
  (await t.platform.db.selectFrom('relying_party').select('client_id').orderBy('client_id').execute()).map(
    (row) => row.client_id,
  );

test('[AUD-1] the demonstration portals are registered, each with its audit row, and again changes nothing', async () => {
  const file = await readFile(join(import.meta.dirname, '../../../../../demo/relying-parties.json'), 'utf8');
  const ids = JSON.parse(file)
    .map(({ clientId }: { clientId: string }) => clientId)
    .sort();
  expect(await run(file)).toBe(ids.length);
  expect(await clientIds()).toEqual(ids);
  const audit = await readAudit(t.platform.db, t.platform.keyring, NOBODY);
  expect(audit.map(({ details }) => details.clientId).sort()).toEqual(ids);
  await run(file);
  expect(await clientIds()).toEqual(ids);
});

test('one faulty entry is told with its line, and none is registered', async () => {
  const before = await clientIds();
  const file = [
    '{"clientId": "good", "redirectUris": ["https://good.example.org/callback"]}',
    '{"clientId": "bad", "redirectUris": ["nowhere"]}',
    'nonsense',
  ].join('\n');
  await expect(run(file)).rejects.toThrow(
    /nothing was imported\.\nLine 2: redirectUris\.0 .*\nLine 3: is not JSON/,
  );
  expect(await clientIds()).toEqual(before);
});
