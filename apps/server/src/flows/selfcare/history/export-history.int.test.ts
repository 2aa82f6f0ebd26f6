import { createHash, createPublicKey, randomInt, verify } from 'node:crypto';
import { type AuditKey, type HistoryExport, verifyExport } from '@sigillo/audit-proof';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAccess } from '../../../../../../tests/setup/accesses.ts';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { good, signIn } from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { sealAudit } from '../../../../../../tests/setup/seal-audit.ts';

const DAY_MS = 86_400_000;
let on: PopulatedInstallation;
let holder: Holder;
let mine: HttpBrowser;
let key: AuditKey;
beforeAll(async () => {
  on = await sharedInstallation();
  holder = await on.holder();
  mine = await signIn(on, on.browser(), holder);
  for (let block = 0; block < 3; block++) {
    for (let nth = 0; nth < 7; nth++)
      await writeAccess(on, holder.id, {
        at: new Date(on.nowMs() - (block * 7 + nth) * DAY_MS),
        clientId: nth % 2 === 0 ? 'claims' : null,
        outcome: nth === 3 ? 'failure' : 'success',
        userAgent: nth === 5 ? '=HYPERLINK("https://evil.example")' : 'Firefox',
      });
    await sealAudit(on);
  }
  key = good(await on.browser().get<{ key: AuditKey }>('/api/audit/key')).key;
});
afterAll(() => on[Symbol.asyncDispose]());

async function exported(wish: object, browser = mine): Promise<Buffer> {
  const response = await browser.request('POST', '/api/selfcare/history/exports', wish);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const parse = (bytes: Buffer) => JSON.parse(bytes.toString()) as HistoryExport;

test('[SPID-HIS-1] [AUD-2] an export is the register, and every line of it is proven from the key alone', async () => {
  const bytes = await exported({ format: 'json' });
  const file = parse(bytes);
  const rows = await on.database.db
    .selectFrom('access_event')
    .select('id')
    .where('account_id', '=', holder.id)
    .orderBy('id', 'desc')
    .execute();
  expect(file.accesses.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(await verifyExport(bytes, key)).toMatchObject({ faults: [], lines: 22, proven: 22, pending: 0 });
});

test('[AUD-2] a proof holds by hand: SHA-256 and Ed25519 from nothing but the standards', async () => {
  const file = parse(await exported({ format: 'json', service: 'claims' }));
  for (const line of file.accesses) judgeByHand(file, line, key);
  const forged = structuredClone(file);
  forged.accesses[0]!.outcome = 'failure';
  expect(() => judgeByHand(forged, forged.accesses[0]!, key)).toThrow();
});

test('[AUD-2] one changed byte anywhere and the file is refused', async () => {
  const bytes = await exported({ format: 'json', outcome: 'failure' });
  expect((await verifyExport(bytes, key)).faults).toEqual([]);
  // All of them take half a minute: a seventh, another one with every run.
  for (let at = randomInt(7); at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    const { faults } = await verifyExport(changed, key);
    expect(faults, `byte ${at}`).not.toEqual([]);
  }
  expect((await verifyExport(bytes.subarray(0, -1), key)).faults).toEqual(['not-an-export']);
});

test('[AUD-2] who may write in the database cannot make a line that was never there, not even with the seal', async () => {
  const forged = await on.holder();
  const theirs = await signIn(on, on.browser(), forged);
  await sealAudit(on);
  await sql`update access_event set client_id = 'elsewhere' where account_id = ${forged.id}`.execute(
    on.database.db,
  );
  const { faults, broken } = await verifyExport(await exported({ format: 'json' }, theirs), key);
  expect(faults).toEqual(['lines-broken']);
  expect(broken).toHaveLength(1);
});

test('[AUD-2] another installation’s key proves nothing', async () => {
  const bytes = await exported({ format: 'json' });
  const { key: foreign } = {
    key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  };
  expect((await verifyExport(bytes, foreign)).faults).toContain('seal-broken');
});

test('[SPID-HIS-1] lines that wait for their block are named as such', async () => {
  const newcomer = await on.holder();
  const theirs = await signIn(on, on.browser(), newcomer);
  const early = await verifyExport(await exported({ format: 'json' }, theirs), key);
  expect(early).toMatchObject({ faults: [], lines: 1, proven: 0, pending: 1 });
  await sealAudit(on);
  const late = await verifyExport(await exported({ format: 'json' }, theirs), key);
  expect(late).toMatchObject({ faults: [], proven: 1, pending: 0 });
});

test('[WEB-6] [SPID-HIS-1] the spreadsheet has every line, in words, and no formula', async () => {
  const text = (await exported({ format: 'csv' })).toString();
  const lines = text.trim().split('\r\n');
  expect(lines).toHaveLength(23);
  expect(lines[0]).toContain('"When","What","Outcome","Service","Level"');
  expect(lines.filter((line) => line.includes('"Failed"'))).toHaveLength(3);
  for (const cell of text.matchAll(/"((?:[^"]|"")*)"/g)) expect(cell[1]).not.toMatch(/^\s*[=+\-@]/);
});

/** What a reader of the standards would compute, without a line of ours. @throws when something does not fit */
function judgeByHand(
  file: HistoryExport,
  line: HistoryExport['accesses'][number],
  { x = '' }: AuditKey,
): void {
  const { proof } = line;
  if (proof.state !== 'sealed') throw new Error('not sealed');
  const b64 = (text: string) => Buffer.from(text, 'base64url');
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const prefixed = (parts: (string | Buffer)[]) =>
    Buffer.concat(
      parts.flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(Buffer.from(part as string).length);
        return [length, Buffer.from(part as string)];
      }),
    );
  const uuid = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
  const eight = (n: number) => Buffer.from(n.toString(16).padStart(16, '0'), 'hex');
  const { kind, outcome, method, level, clientId, address, userAgent } = line;
  const words = [kind, outcome, method ?? '', level === null ? '' : `${level}`, clientId, address, userAgent];
  const commitment = sha(prefixed(['sigillo access 1', b64(proof.salt), ...words]));
  const where = [uuid(line.id), eight(Date.parse(line.at)), uuid(file.account)];
  const leafParts = prefixed(['sigillo audit leaf 2', ...where, b64(proof.bodyHash), commitment]);
  let hash = sha(Buffer.of(0), leafParts);
  const block = file.blocks.find(({ number }) => number === proof.block);
  if (!block) throw new Error('no block');
  // RFC 9162 §2.1.3.2
  let [fn, sn] = [proof.index, block.count - 1];
  for (const sibling of proof.path.map(b64)) {
    if (fn & 1 || fn === sn) {
      hash = sha(Buffer.of(1), sibling, hash);
      while (!(fn & 1) && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else hash = sha(Buffer.of(1), hash, sibling);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  expect(sn).toBe(0);
  expect(hash.toString('base64url')).toBe(block.merkleRoot);
  const numbers = [eight(block.number), b64(block.previousHash), eight(block.first), eight(block.count)];
  const header = prefixed(['sigillo audit block 1', ...numbers, hash, eight(Date.parse(block.sealedAt))]);
  const [head = '', body = '', signature = ''] = block.checkpoint!.split('.');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  expect(verify(null, Buffer.from(`${head}.${body}`), publicKey, b64(signature))).toBe(true);
  expect(JSON.parse(b64(body).toString())).toMatchObject({
    block: block.number,
    hash: sha(Buffer.of(2), header).toString('base64url'),
  });
}
