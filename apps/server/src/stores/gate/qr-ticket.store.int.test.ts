import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { QR_CHECK_TRIES, QR_MOVES, QR_REDRAWS, type QrState, type QrTicket } from '../../gate/qr-ticket.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import { newSecret, randomId, uuidv7 } from '../../platform/ids.ts';
import { qrTicketStore as store } from './qr-ticket.store.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 9);
const now = new Date(NOW_MS);
const later = new Date(NOW_MS + 60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work);
const client = { address: '192.0.2.7', network: '192.0.2.7', userAgent: 'Browser' };
const question = {
  type: 'sign-in',
  client: 'claims',
  clientName: null,
  userId: '',
  summary: {},
  browser: 'Firefox 128',
  place: 'IT',
  when: now.toISOString(),
  isNewBrowser: false,
  operationDigest: 'digest',
};
const newScanner = () => ({ accountId: randomId(), deviceId: uuidv7(NOW_MS) });

/** A picture on a page, with what the page and the picture hold. */
async function shown() {
  const ticket: QrTicket = {
    id: uuidv7(NOW_MS),
    context: { clientId: 'claims', interaction: null, ceremony: null, question, recognised: null },
    client,
    state: 'pending',
    redraws: 0,
    scanner: null,
    checkHash: null,
    checkTries: 0,
    approval: null,
    createdAt: now,
    expiresAt: later,
  };
  const code = { id: ticket.id, codeHash: newSecret() };
  const holder = { id: ticket.id, browserHash: newSecret() };
  await inTx((tx) => store.insert(tx, ticket, code.codeHash, holder.browserHash));
  return { ticket, code, holder, scanner: newScanner() };
}

type Shown = Awaited<ReturnType<typeof shown>>;
const scan = ({ code, scanner }: Pick<Shown, 'code' | 'scanner'>, at = now) =>
  inTx((tx) => store.scan(tx, code, scanner, { now: at, expiresAt: later }));
const approved = (at = now, checkHash: Buffer | null = null) => ({
  approval: 'signed',
  checkHash,
  now: at,
  expiresAt: later,
});
const approve = ({ ticket, scanner }: Shown, at = now, checkHash: Buffer | null = null) =>
  inTx((tx) => store.approve(tx, ticket.id, scanner, approved(at, checkHash)));
const redeem = ({ holder }: Pick<Shown, 'holder'>, at = now) => inTx((tx) => store.redeem(tx, holder, at));
const stateOf = async ({ holder }: Shown) => (await inTx((tx) => store.find(tx, holder)))?.state;

const together = <T>(times: number, work: () => Promise<T>) =>
  Promise.all(Array.from({ length: times }, work));

test('[QR-2] [AVL-1] of 20 that redeem one approval, one does, a hundred times over', async () => {
  for (let round = 0; round < 100; round++) {
    const one = await shown();
    await scan(one);
    await approve(one);
    const won = (await together(20, () => redeem(one))).filter((ticket) => ticket !== undefined);
    expect(won).toMatchObject([{ state: 'used', approval: 'signed', scanner: one.scanner }]);
  }
});

test('[QR-2] of 16 devices that scan one picture at once, one has scanned it; the others make it void', async () => {
  const one = await shown();
  const scanners = Array.from({ length: 16 }, newScanner);
  const scans = await Promise.all(scanners.map((scanner) => scan({ code: one.code, scanner })));
  const first = scans.find((ticket) => ticket !== undefined);
  expect(scans.filter((ticket) => ticket !== undefined)).toHaveLength(1);
  const second = newScanner();
  expect(await inTx((tx) => store.voidScannedTwice(tx, one.code, first?.scanner ?? second))).toBe(false);
  expect(await inTx((tx) => store.voidScannedTwice(tx, one.code, second))).toBe(true);
  expect(await stateOf(one)).toBe('void');
  expect(await inTx((tx) => store.approve(tx, one.ticket.id, first?.scanner ?? second, approved()))).toBe(
    false,
  );
});

test('[QR-1] the picture alone redeems nothing, and the browser alone scans nothing', async () => {
  const one = await shown();
  expect(
    await scan({ code: { id: one.ticket.id, codeHash: one.holder.browserHash }, scanner: one.scanner }),
  ).toBeUndefined();
  await scan(one);
  await approve(one);
  expect(await redeem({ holder: { id: one.ticket.id, browserHash: one.code.codeHash } })).toBeUndefined();
  expect(
    await inTx((tx) => store.find(tx, { id: one.ticket.id, browserHash: one.code.codeHash })),
  ).toBeUndefined();
  expect(await redeem(one)).toBeDefined();
});

test('[QR-2] a picture is renewed five times at most, and an earlier one is worth nothing', async () => {
  const one = await shown();
  const first = one.code;
  for (let redraw = 0; redraw < QR_REDRAWS; redraw++) {
    const codeHash = newSecret();
    expect(await inTx((tx) => store.redraw(tx, one.holder, codeHash, { now, expiresAt: later }))).toBe(true);
    one.code = { ...first, codeHash };
  }
  expect(await inTx((tx) => store.redraw(tx, one.holder, newSecret(), { now, expiresAt: later }))).toBe(
    false,
  );
  expect(await scan({ code: first, scanner: one.scanner })).toBeUndefined();
  expect(await scan(one)).toBeDefined();
  expect(await inTx((tx) => store.redraw(tx, one.holder, newSecret(), { now, expiresAt: later }))).toBe(
    false,
  );
});

test('[QR-2] what expired is neither renewed, scanned, approved nor redeemed', async () => {
  const [unseen, seen, approved] = [await shown(), await shown(), await shown()];
  expect(
    await inTx((tx) => store.redraw(tx, unseen.holder, newSecret(), { now: later, expiresAt: later })),
  ).toBe(false);
  expect(await scan(unseen, later)).toBeUndefined();
  await scan(seen);
  expect(await approve(seen, later)).toBe(false);
  await scan(approved);
  await approve(approved);
  expect(await redeem(approved, later)).toBeUndefined();
});

test('[QR-3] the code that the app shows may be tried three times, counted before it is looked at', async () => {
  const one = await shown();
  await scan(one);
  await approve(one, now, newSecret());
  const tries = await together(16, () =>
    inTx((tx) => store.takeCheckTry(tx, one.holder, QR_CHECK_TRIES, now)),
  );
  expect(tries.flatMap((one) => one?.checkTries ?? []).sort()).toEqual([1, 2, 3]);
});

test('nobody but the device that scanned it approves or refuses it', async () => {
  const one = await shown();
  await scan(one);
  const stranger = { ...one, scanner: newScanner() };
  expect(await approve(stranger)).toBe(false);
  expect(await inTx((tx) => store.refuse(tx, one.ticket.id, stranger.scanner, now))).toBe(false);
  expect(await inTx((tx) => store.findScanned(tx, one.ticket.id, stranger.scanner))).toBeUndefined();
  expect(await inTx((tx) => store.findScanned(tx, one.ticket.id, one.scanner))).toMatchObject({
    client,
    state: 'scanned',
  });
  expect(await inTx((tx) => store.refuse(tx, one.ticket.id, one.scanner, now))).toBe(true);
});

describe('a ticket moves as the table of its states says, and not otherwise', () => {
  const MOVES: Record<QrState, (one: Shown) => Promise<unknown>> = {
    pending: async () => undefined,
    scanned: (one) => scan(one),
    approved: (one) => approve(one),
    used: (one) => redeem(one),
    refused: (one) => inTx((tx) => store.refuse(tx, one.ticket.id, one.scanner, now)),
    void: (one) => inTx((tx) => store.cancel(tx, one.holder)),
  };
  const WAYS: Record<QrState, QrState[]> = {
    pending: [],
    scanned: ['scanned'],
    approved: ['scanned', 'approved'],
    used: ['scanned', 'approved', 'used'],
    refused: ['scanned', 'refused'],
    void: ['void'],
  };
  const states = Object.keys(QR_MOVES) as QrState[];
  const pairs = states.flatMap((from) =>
    states.filter((to) => to !== 'pending').map((to) => [from, to] as const),
  );

  test.each(pairs)('%s → %s', async (from, to) => {
    const one = await shown();
    for (const step of WAYS[from]) await MOVES[step](one);
    await MOVES[to](one);
    expect(await stateOf(one)).toBe(QR_MOVES[from].includes(to) ? to : from);
  });
});
