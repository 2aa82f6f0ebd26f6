import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import { decide, giveOperator, type TestOperator } from '../../../../../../tests/setup/operators.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';
import { moveIdentity } from '../../../identities/move-identity.service.ts';
import { inTransaction } from '../../../platform/database/database.ts';

let on: PopulatedInstallation;
let reviewer: TestOperator;
let second: TestOperator;
beforeAll(async () => {
  on = await sharedInstallation();
  reviewer = await giveOperator(on, 'reviewer');
  second = await giveOperator(on, 'reviewer');
});
afterAll(() => on[Symbol.asyncDispose]());

/** A picture of so many pixels, as far as its headers say. */
function jpeg(width = 1000, height = 700): Buffer {
  const frame = Buffer.from([
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    1,
    0x11,
    0,
  ]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), frame, Buffer.from([0xff, 0xd9])]);
}

const today = () => romeDayOf(on.nowMs());
const surroundings = () => ({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs });

async function holderWith(documentExpiresOn: string) {
  const holder = await on.holder();
  const identity = await giveIdentity(surroundings(), holder.id, { documentExpiresOn });
  return { holder, identity, browser: await signIn(on, on.browser(), holder) };
}

const put = (browser: HttpBrowser, part: string, content: Buffer, type = 'image/jpeg') =>
  fetch(new URL(`/api/selfcare/document/files/${part}`, on.server.url), {
    method: 'PUT',
    body: new Uint8Array(content),
    headers: {
      'content-type': type,
      host: new URL(on.server.issuer).host,
      origin: on.server.issuer,
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  });

const passport = (more = {}) => ({
  type: 'passaporto',
  number: 'YA 1234567',
  issuer: 'Questura di Roma',
  issuedOn: today(),
  expiresOn: daysLater(today(), 3650),
  ...more,
});

async function handIn(browser: HttpBrowser, more = {}) {
  for (const part of ['front', 'back']) expect((await put(browser, part, jpeg())).status).toBe(204);
  return browser.post('/api/selfcare/document', passport(more));
}

type Listed = { cases: { id: string; kind: string; takenBy: { name: string } | null }[] };
async function caseOf(holderId: string): Promise<string> {
  const { cases } = good(await reviewer.browser.get<Listed>('/api/console/cases'));
  for (const { id } of cases)
    if (Buffer.from(id, 'base64url').subarray(0, 16).toString('hex') === holderId.replaceAll('-', ''))
      return id;
  throw new Error('no case');
}

const take = (who: TestOperator, id: string, body = {}) =>
  who.browser.post(`/api/console/cases/${id}/take`, body);
const accept = (who: TestOperator, id: string) =>
  decide<{ state: string }>(who, `/api/console/cases/${id}/decision`, { accept: true });
const events = async (id: string) => {
  const { body } = await reviewer.browser.get<{ history: { what: string; note: string | null }[] }>(
    `/api/console/cases/${id}`,
  );
  return body.history.map(({ what }) => what);
};

/** How many files there are of a case. */
async function pictures(handle: string): Promise<number> {
  const id = Buffer.from(handle, 'base64url').subarray(16, 32).toString('hex');
  const found = await on.database.db
    .selectFrom('case_file')
    .select('part')
    .where('case_id', '=', id)
    .execute();
  return found.length;
}

describe('a new document', () => {
  test('[SPID-IDL-13] is handed in, reviewed and accepted: the identity has it, and the holder is told', async () => {
    const { holder, browser, identity } = await holderWith(daysLater(today(), 30));
    expect(good(await browser.get('/api/selfcare/document'))).toMatchObject({
      identity: { daysLeft: 30, mayReplace: true },
      review: null,
    });
    expect(outcome(await handIn(browser))).toBe('204');
    expect(good(await browser.get('/api/selfcare/document'))).toMatchObject({ review: { state: 'open' } });
    const id = await caseOf(holder.id);
    expect(outcome(await take(reviewer, id))).toBe('204');
    const seen = good(await reviewer.browser.get(`/api/console/cases/${id}`));
    expect(seen).toMatchObject({
      isMine: true,
      payload: { number: 'YA1234567', issuer: 'QuesturaRoma' },
      attributes: { fiscalNumber: identity.attributes.fiscalNumber },
      files: [{ part: 'front' }, { part: 'back' }],
    });
    const picture = await reviewer.browser.request('GET', `/api/console/cases/${id}/files/front`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(jpeg());
    expect(good(await accept(reviewer, id))).toEqual({ state: 'accepted' });
    expect(outcome(await reviewer.browser.get(`/api/console/cases/${id}/files/front`))).toBe(
      '409 case-closed',
    );
    expect(await pictures(id)).toBe(2);
    const after = await inTransaction(on.database.db, (tx) =>
      on.stores.identities.find(tx, holder.id, identity.id),
    );
    expect(after?.documentExpiresOn).toBe(daysLater(today(), 3650));
    expect(after?.attributes.idCard).toContain('passaporto YA1234567 QuesturaRoma');
    // The old one's expiry may be told in between.
    const mails = () => browser.get<{ subject: string }[]>(`/dev/outbox?channel=email&to=${holder.email}`);
    await expect
      .poll(async () => JSON.stringify((await mails()).body), { timeout: 10_000 })
      .toContain('Your new document was accepted');
    expect(await events(id)).toEqual(['opened', 'taken', 'accepted']);
  });

  test('[SPID-IDL-4] that is accepted lets an identity rest no longer that rested since the old one expired', async () => {
    const { holder, browser, identity } = await holderWith(daysLater(today(), -1));
    const { db } = on.database;
    const clock = { now: () => new Date(on.nowMs()), nowMs: on.nowMs };
    const move = { type: 'suspend', cause: 'document-expired' } as const;
    const ports = { identities: on.stores.identities, clock };
    const state = async () =>
      (await inTransaction(db, (tx) => on.stores.identities.find(tx, holder.id, identity.id)))?.state;
    // A node may have noticed before.
    await inTransaction(db, (tx) => moveIdentity(ports, tx, identity, { move, actor: 'platform' })).catch(
      () => undefined,
    );
    expect(await state()).toBe('suspended');
    good(await handIn(browser));
    const id = await caseOf(holder.id);
    good(await take(reviewer, id));
    good(await accept(reviewer, id));
    expect(await state()).toBe('active');
  });

  test('that is refused says why, its pictures are gone, and another one may be handed in', async () => {
    const { holder, browser, identity } = await holderWith(daysLater(today(), 10));
    good(await handIn(browser));
    const id = await caseOf(holder.id);
    good(await take(reviewer, id));
    const path = `/api/console/cases/${id}/decision`;
    expect(outcome(await reviewer.browser.post(path, { accept: false }))).toBe('400 bad-input');
    const reason = 'The photograph of the back is blurred.';
    expect(good(await decide(reviewer, path, { accept: false, reason }))).toEqual({ state: 'refused' });
    expect(good(await browser.get('/api/selfcare/document'))).toMatchObject({
      review: { state: 'refused', reason },
    });
    // The old one's expiry may be told afterwards.
    const letters = async () => (await on.dev.outbox(holder.email)).map(({ text }) => text).join();
    await expect.poll(letters, { timeout: 20_000 }).toContain(reason);
    expect(await pictures(id)).toBe(0);
    const after = await inTransaction(on.database.db, (tx) =>
      on.stores.identities.find(tx, holder.id, identity.id),
    );
    expect(after?.documentExpiresOn).toBe(identity.documentExpiresOn);
    expect(outcome(await handIn(browser))).toBe('204');
  });

  test('[SPID-ENR-6] of which only pictures were put aside leaves nothing after a day', async () => {
    const { holder, browser } = await holderWith(daysLater(today(), 10));
    expect((await put(browser, 'front', jpeg())).status).toBe(204);
    const { cases } = on.stores;
    const aside = () =>
      on.database.db.selectFrom('case_file').select('part').where('subject_id', '=', holder.id).execute();
    const forgetAt = (ms: number) =>
      inTransaction(on.database.db, (tx) => cases.forgetDueFiles(tx, new Date(on.nowMs() + ms)));
    const DAY_MS = 24 * 60 * 60 * 1000;
    await forgetAt(DAY_MS - 60_000);
    expect(await aside()).toHaveLength(1);
    await forgetAt(DAY_MS);
    expect(await aside()).toEqual([]);
    expect(outcome(await browser.post('/api/selfcare/document', passport()))).toBe('409 photos-missing');
    expect(outcome(await handIn(browser))).toBe('204');
    await forgetAt(400 * DAY_MS);
    expect(await aside()).toHaveLength(2);
  });

  test('is not taken while one waits, while the old one is good for long, without both sides, or if it has expired', async () => {
    const { browser } = await holderWith(daysLater(today(), 60));
    expect(outcome(await browser.post('/api/selfcare/document', passport()))).toBe('409 photos-missing');
    expect(outcome(await handIn(browser, { expiresOn: daysLater(today(), -1) }))).toBe('400 bad-input');
    expect(outcome(await handIn(browser))).toBe('204');
    expect(outcome(await handIn(browser))).toBe('409 review-waiting');
    expect(outcome(await browser.post('/api/selfcare/document/withdraw'))).toBe('204');
    expect(good(await browser.get('/api/selfcare/document'))).toMatchObject({
      review: { state: 'withdrawn' },
    });
    expect(outcome(await handIn(browser))).toBe('204');
    const { browser: other } = await holderWith(daysLater(today(), 61));
    expect(outcome(await handIn(other))).toBe('409 document-not-wanted');
  });

  test('is what its content says, and not too large', async () => {
    const { browser } = await holderWith(daysLater(today(), 10));
    const status = async (content: Buffer, type?: string) =>
      (await put(browser, 'front', content, type)).status;
    expect(await status(Buffer.from('<script>alert(1)</script>'))).toBe(422);
    expect(await status(Buffer.from('%PDF-1.7\n…\n%%EOF'), 'image/png')).toBe(204);
    expect(await status(jpeg(20_000, 20_000))).toBe(422);
    expect(await status(Buffer.concat([jpeg(), Buffer.alloc(10 * 1024 * 1024)]))).toBe(413);
    expect(await status(Buffer.alloc(0))).toBe(422);
    expect(await status(jpeg(), 'text/html')).toBe(415);
    expect((await put(on.browser(), 'front', jpeg())).status).toBe(401);
  });
});

describe('a case', () => {
  test('is decided by who has taken it, for half an hour; a colleague takes it over with a note', async () => {
    const { holder, browser } = await holderWith(daysLater(today(), 10));
    good(await handIn(browser));
    const id = await caseOf(holder.id);
    const path = `/api/console/cases/${id}/decision`;
    expect(outcome(await reviewer.browser.post(path, { accept: true }))).toBe('409 case-not-yours');
    good(await take(reviewer, id));
    expect(outcome(await second.browser.post(path, { accept: true }))).toBe('409 case-not-yours');
    good(await take(second, id, { note: 'Agreed with my colleague.' }));
    expect(outcome(await reviewer.browser.post(path, { accept: true }))).toBe('409 case-not-yours');
    expect(await events(id)).toEqual(['opened', 'taken', 'taken-over']);
    good(await second.browser.post(`/api/console/cases/${id}/release`));
    const auditor = await giveOperator(on, 'auditor');
    expect(outcome(await auditor.browser.get(`/api/console/cases/${id}`))).toBe('403 operator-needed');
    expect(outcome(await browser.get(`/api/console/cases/${id}`))).toBe('403 operator-needed');
    expect(outcome(await reviewer.browser.get(`/api/console/cases/${id.slice(0, -3)}AAA`))).toBe(
      '404 case-gone',
    );
  });

  test('of 16 decisions with one proof, on two nodes, one counts', async () => {
    const { holder, browser } = await holderWith(daysLater(today(), 10));
    good(await handIn(browser));
    const id = await caseOf(holder.id);
    good(await take(reviewer, id));
    const path = `/api/console/cases/${id}/decision`;
    const { ceremony } = (await reviewer.browser.post(path, { accept: true })).body as { ceremony: never };
    const { provePasskey } = await import('../../../../../../tests/setup/passkeys.ts');
    good(await provePasskey(reviewer.browser, ceremony, reviewer.device));
    const approval = (ceremony as { id: string }).id;
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const at = reviewer.browser.at(on.nodes[index % 2]!.url);
        return outcome(await at.post(path, { accept: true, approval }));
      }),
    );
    expect(outcomes.filter((one) => one === '200')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one !== '200'))
      expect(['404 ceremony-gone', '409 operation-gone', '409 case-closed']).toContain(lost);
  });
});
