import { evidenceKeptUntil, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import { readableContents } from '../../../../../../tests/setup/opened-values.ts';
import { giveOperator, type TestOperator } from '../../../../../../tests/setup/operators.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { openCase } from '../../../cases/open-case.service.ts';
import { moveIdentity } from '../../../identities/move-identity.service.ts';
import { readAudit, writeAudit } from '../../../platform/audit/audit.ts';
import { inTransaction, type Tx } from '../../../platform/database/database.ts';

const DAY_SECONDS = 24 * 60 * 60;
const REASON = 'Request of the court of Trento, 1234 of 2026';
const FORM = Buffer.from('%PDF-1.7 a signed form %%EOF');

let on: PopulatedInstallation;
let auditor: TestOperator;
beforeAll(async () => {
  on = await populatedInstallation();
  auditor = await giveOperator(on, 'auditor');
});
afterAll(() => on[Symbol.asyncDispose]());

interface Item {
  ref: string;
  kind: string;
  name: string;
  endsOn: string | null;
}
interface Found {
  accounts: { account: string; items: Item[] }[];
}

const search = async (by: string, value: string) =>
  good(await auditor.browser.post<Found>('/api/console/evidence/search', { by, value, reason: REASON }))
    .accounts;
const tryOpen = (account: string, ref: string, reason = REASON) =>
  auditor.browser.post<{ name: string; content: string }>('/api/console/evidence/open', {
    account,
    ref,
    reason,
  });
const open = async (account: string, ref: string) =>
  Buffer.from(good(await tryOpen(account, ref)).content, 'base64');

/** A holder whose identity was revoked by a form, and what there is of it. */
async function formerHolder() {
  const holder = await on.holder({ totp: true });
  const { db } = on.database;
  const identity = await giveIdentity({ db, keyring: on.keyring, nowMs: on.nowMs }, holder.id);
  const clock = { now: () => new Date(on.nowMs()), nowMs: on.nowMs };
  const audit = (tx: Tx, event: Parameters<typeof writeAudit>[2]) => writeAudit(tx, on.keyring, event);
  const gate = { clock, audit } as unknown as Parameters<typeof openCase>[0]['gate'];
  await inTransaction(db, async (tx) => {
    await openCase({ gate, cases: on.stores.cases }, tx, {
      subjectId: holder.id,
      kind: 'revocation-request',
      openedBy: holder.id,
      payload: { identity: identity.id, cause: 'holder-request' },
      files: [{ part: 'form', mediaType: 'application/pdf', content: FORM }],
      client: { address: '192.0.2.7', network: '192.0.2.7', userAgent: 'Test browser' },
    });
    await moveIdentity({ identities: on.stores.identities, clock }, tx, identity, {
      move: { type: 'revoke', cause: 'holder-request' },
      actor: 'two-operators',
    });
  });
  return { holder, identity, lastDay: evidenceKeptUntil(romeDayOf(on.nowMs()), { wasIssued: true }) };
}

async function erase({ id }: Holder, browser: Awaited<ReturnType<typeof signIn>>): Promise<void> {
  good(await browser.post('/api/account/erasure'));
  await on.advance(15 * DAY_SECONDS);
  const state = async () =>
    (
      await on.database.db
        .selectFrom('erasure')
        .select('state')
        .where('account_id', '=', id)
        .executeTakeFirst()
    )?.state;
  await expect.poll(state, { timeout: 60_000, interval: 200 }).toBe('deleted');
  // Its last message goes a day later.
  await on.advance(DAY_SECONDS + 60);
  await expect.poll(state, { timeout: 60_000, interval: 200 }).toBe('done');
}

const tablesSaying = async (word: string) =>
  (await readableContents(on.database.db, on.keyring))
    .filter(({ text }) => text.includes(word))
    .map(({ table }) => table);

const openedBy = async ({ id }: TestOperator) =>
  (await readAudit(on.database.db, on.keyring, id)).filter(({ type }) => type.startsWith('evidence-'));

test('[SPID-ENR-6] [PRV-2] evidence outlives its account: sealed, in one place, the same bytes, told to the holder', {
  timeout: 240_000,
}, async () => {
  const { holder, identity, lastDay } = await formerHolder();
  const fiscalCode = (identity.attributes.fiscalNumber ?? '').slice('TINIT-'.length);
  const [before] = await search('fiscal-number', fiscalCode);
  expect(before?.items.map(({ kind }) => kind).sort()).toEqual(['case-file', 'contract', 'record']);
  expect(new Set(before?.items.map(({ endsOn }) => endsOn))).toEqual(new Set([lastDay]));
  const browser = await signIn(on, on.browser(), holder);
  const contract = Buffer.from(
    await (await browser.request('GET', `/api/selfcare/identities/${identity.id}/contract`)).arrayBuffer(),
  );
  expect(good(await browser.get('/api/account/privacy'))).toMatchObject({
    identity: 'revoked',
    retained: [{ kind: 'identity', ground: 'spid-records', until: lastDay }, { kind: 'access-log' }],
  });

  await erase(holder, browser);
  // Sessions of operators end within days, too.
  auditor = await giveOperator(on, 'auditor');

  expect(new Set(await tablesSaying(identity.spidCode))).toEqual(new Set(['retained_record']));
  for (const [by, value] of [
    ['fiscal-number', fiscalCode],
    ['spid-code', identity.spidCode],
    ['account', holder.id],
  ] as const) {
    const [found] = await search(by, value);
    expect(found?.items.map(({ kind }) => kind).sort()).toEqual([
      'access-log',
      'case-file',
      'contract',
      'record',
    ]);
  }
  const [{ items = [] } = {}] = await search('account', holder.id);
  const refOf = (kind: string) => items.find((one) => one.kind === kind)?.ref ?? '';
  expect(await open(holder.id, refOf('contract'))).toEqual(contract);
  expect(await open(holder.id, refOf('case-file'))).toEqual(FORM);
  const record = JSON.parse((await open(holder.id, refOf('record'))).toString()) as Record<string, unknown>;
  expect(record).toMatchObject({
    identity: { spidCode: identity.spidCode, state: 'revoked' },
    life: [{ move: 'issue' }, { move: 'revoke', cause: 'holder-request', actor: 'two-operators' }],
    cases: [{ kind: 'revocation-request', events: [{ what: 'opened' }] }],
  });
});

test('[SPID-ENR-6] every look is on record with its reason; without one nothing is opened, nor by anybody else', async () => {
  const { holder, identity } = await formerHolder();
  const stranger = await formerHolder();
  const before = (await openedBy(auditor)).length;
  const ref = `contract/${identity.id}`;
  expect(outcome(await tryOpen(holder.id, ref, ''))).toBe('400 bad-input');
  expect(outcome(await tryOpen(stranger.holder.id, ref))).toBe('404 evidence-gone');
  expect(await openedBy(auditor)).toHaveLength(before);
  expect(await search('spid-code', identity.spidCode.slice(0, -1))).toEqual([]);
  good(await tryOpen(holder.id, ref));
  expect((await openedBy(auditor)).slice(before).map(({ type, details }) => [type, details])).toMatchObject([
    ['evidence-searched', { by: 'spid-code', reason: REASON, accounts: '' }],
    ['evidence-opened', { account: holder.id, ref, kind: 'contract', reason: REASON, operator: auditor.id }],
  ]);
  const reviewer = await giveOperator(on, 'reviewer', 'administrator', 'help-desk');
  const wanted = { account: holder.id, ref, reason: REASON };
  expect(outcome(await reviewer.browser.post('/api/console/evidence/open', wanted))).toBe(
    '403 operator-needed',
  );
});

test('[SPID-ENR-6] what outlived its account goes the day after its last one, the ground and day of each its own', async () => {
  const accountId = crypto.randomUUID();
  const item = { identityId: null, mediaType: 'application/json' as const, content: Buffer.from('{}') };
  const { kept } = on.stores;
  const days = { record: '2046-11-22', 'access-log': '2028-11-22' } as const;
  const { db } = on.database;
  for (const kind of ['record', 'access-log'] as const)
    await inTransaction(db, (tx) =>
      kept.keep(
        tx,
        accountId,
        { ...item, kind, name: kind, ground: 'spid', endsOn: days[kind] },
        new Date(on.nowMs()),
      ),
    );
  const left = async (today: string) => {
    await inTransaction(db, (tx) => kept.forget(tx, today));
    return (await inTransaction(db, (tx) => kept.list(tx, accountId))).map(({ kind }) => kind);
  };
  expect(await left('2028-11-22')).toEqual(['record', 'access-log']);
  expect(await left('2028-11-23')).toEqual(['record']);
  expect(await left('2046-11-22')).toEqual(['record']);
  expect(await left('2046-11-23')).toEqual([]);
});
