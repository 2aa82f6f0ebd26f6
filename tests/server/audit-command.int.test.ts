import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../setup/command.ts';
import { good, signIn } from '../setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { sealAudit } from '../setup/seal-audit.ts';

const MINUTE_SECONDS = 60;

let folder: string;
let settings: Record<string, string>;
let on: PopulatedInstallation;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigillo-audit-'));
  settings = { SIGILLO_AUDIT_CHECKPOINT_FILE: join(folder, 'checkpoints.txt') };
  on = await populatedInstallation(2, settings);
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const sigillo = (...args: string[]) => runCommand(on, { folder, settings }, args);

const newestBlock = async () =>
  (await on.database.db.selectFrom('audit_head').select('block_number').executeTakeFirstOrThrow())
    .block_number;

test('[AUD-2] two nodes seal what was recorded and publish it; the command finds what was changed since', async () => {
  await signIn(on, on.browser(), await on.holder({ totp: true }));
  const before = await newestBlock();
  await on.advance(MINUTE_SECONDS);
  await expect.poll(newestBlock, { timeout: 15_000 }).toBeGreaterThan(before);
  expect(await sigillo('audit', 'verify')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/Nothing was changed\.\n$/),
  });

  const { rows } = await sql<{ id: string }>`
    update audit set account_id = gen_random_uuid()
    where id = (select audit_id from audit_position order by audit_id limit 1) returning id`.execute(
    on.database.db,
  );
  const { code, text } = await sigillo('audit', 'verify');
  expect(code).toBe(1);
  expect(text).toContain(`${rows[0]?.id} was changed after it was sealed`);
});

test('[AUD-2] checkpoints that nobody here signed are no proof, and there is a key to check them with', async () => {
  const line = (await readFile(join(folder, 'checkpoints.txt'), 'utf8')).split('\n')[0] ?? '';
  expect(JSON.parse(Buffer.from(line.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    iss: on.server.issuer,
    block: 1,
  });
  expect(JSON.parse((await sigillo('audit', 'key')).text)).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
  expect(await sigillo('audit', 'verify', '--checkpoints', import.meta.filename)).toMatchObject({
    code: 1,
    text: expect.stringContaining('is no checkpoint that this installation signed'),
  });
  expect(await sigillo('audit', 'resume')).toMatchObject({
    code: 1,
    text: expect.stringContaining('nothing is lost'),
  });
});

test('[AUD-2] [SPID-HIS-1] an exported history is verified by the command, with a kept key; one changed byte is not', async () => {
  const mine = await signIn(on, on.browser(), await on.holder());
  await sealAudit(on);
  const response = await mine.request('POST', '/api/selfcare/history/exports', { format: 'json' });
  const [file, key] = [join(folder, 'history.json'), join(folder, 'key.json')];
  const text = await response.text();
  await writeFile(file, text);
  const published = good(await on.browser().get<{ key: object }>('/api/audit/key'));
  await writeFile(key, JSON.stringify(published.key));
  expect(await sigillo('audit', 'verify-export', file, '--key', key)).toMatchObject({
    code: 0,
    text: expect.stringMatching(/1 stand in the sealed audit.*\nThe file is genuine\.\n$/),
  });
  expect((await sigillo('audit', 'verify-export', file)).code, 'with the key of the database').toBe(0);
  await writeFile(file, text.replace('"level":1', '"level":2'));
  expect(await sigillo('audit', 'verify-export', file, '--key', key)).toMatchObject({
    code: 1,
    text: expect.stringContaining('FAULT lines-broken'),
  });
});
