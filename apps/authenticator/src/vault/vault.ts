import type { ReadOtpauthKey } from '@sigillo/otp';
import { changesOf } from './changes.ts';
import { type AccountDetails, type AccountNames, type CodeAccount, cleanName } from './code-account.ts';
import { type AccountRow, readRows, write } from './database.ts';
import { seal, unseal } from './sealing-key.ts';
import type { AppStorage } from './storage.ts';

/** The accounts of this device. Changes are all-or-nothing, and every open tab hears of them. */
export interface Vault {
  list(): Promise<CodeAccount[]>;
  /** The secret of an account, to make a code or an export of. @throws RangeError when it is gone */
  seedOf(id: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Adds all that are not there yet, at the end. @returns how many were added */
  add(keys: readonly ReadOtpauthKey[]): Promise<number>;
  /** Which of these are there already: the same secret making the same codes, whatever the names. */
  findKnown(keys: readonly ReadOtpauthKey[]): Promise<boolean[]>;
  rename(id: string, names: AccountNames): Promise<void>;
  /** Puts the list into the order of these ids; others keep their place behind them. */
  reorder(ids: readonly string[]): Promise<void>;
  /** @returns puts it back where it was */
  remove(id: string): Promise<() => Promise<void>>;
  /** Takes the counter of a counted code: no code is shown twice (RFC 4226 §7.2). */
  takeCounter(id: string): Promise<number>;
  /** Calls back after every change, in whichever tab it was made. @returns ends it */
  onChange(listener: () => void): () => void;
}

/** The accounts that are only codes. */
export function openVault(store: AppStorage): Vault {
  const { change, listen } = changesOf('sigillo-vault');
  return {
    list: () => listAccounts(store),
    seedOf: async (id) => seedIn(store, await rowOf(store, id)),
    findKnown: (keys) => findKnown(store, keys),
    add: (keys) => change(() => addKeys(store, keys)),
    rename: (id, names) =>
      change(async () => {
        await replaceDetails(store, id, (details) => ({ ...details, ...cleaned(names) }));
      }),
    reorder: (ids) => change(() => reorderRows(store, ids)),
    remove: (id) =>
      change(async () => {
        const row = await rowOf(store, id);
        await write(store.database, 'accounts', (accounts) => accounts.delete(id));
        return () => change(() => putRows(store, [row]));
      }),
    takeCounter: (id) => change(() => takeCounter(store, id)),
    onChange: listen,
  };
}

async function listAccounts(store: AppStorage): Promise<CodeAccount[]> {
  const rows = await readRows(store.database);
  return Promise.all(rows.map(async (row) => ({ ...(await detailsIn(store, row)), id: row.id })));
}

async function rowOf({ database }: AppStorage, id: string): Promise<AccountRow> {
  const row = (await readRows(database)).find((candidate) => candidate.id === id);
  if (!row) throw new RangeError('the account is gone');
  return row;
}

async function detailsIn({ key }: AppStorage, { id, details }: AccountRow): Promise<AccountDetails> {
  return JSON.parse(new TextDecoder().decode(await unseal(key, `${id}|details`, details)));
}

function seedIn({ key }: AppStorage, { id, seed }: AccountRow): Promise<Uint8Array<ArrayBuffer>> {
  return unseal(key, `${id}|seed`, seed);
}

function putRows({ database }: AppStorage, rows: readonly AccountRow[]): Promise<void> {
  return write(database, 'accounts', (accounts) => {
    for (const row of rows) accounts.put(row);
  });
}

async function findKnown(store: AppStorage, keys: readonly ReadOtpauthKey[]): Promise<boolean[]> {
  const rows = await readRows(store.database);
  const prints = await Promise.all(
    rows.map(async (row) =>
      fingerprint({ ...(await detailsIn(store, row)), seed: await seedIn(store, row) }),
    ),
  );
  return keys.map((candidate) => prints.includes(fingerprint(candidate)));
}

async function addKeys(store: AppStorage, keys: readonly ReadOtpauthKey[]): Promise<number> {
  const isKnown = await findKnown(store, keys);
  const last = (await readRows(store.database)).at(-1)?.position ?? -1;
  const fresh = withoutRepeats(keys.filter((_, index) => !isKnown[index]));
  const rows = fresh.map((one, index) => sealedRow(store.key, one, last + 1 + index));
  await putRows(store, await Promise.all(rows));
  return fresh.length;
}

async function reorderRows(store: AppStorage, ids: readonly string[]): Promise<void> {
  const rows = await readRows(store.database);
  const place = ({ id }: AccountRow) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  const ordered = rows.toSorted((a, b) => place(a) - place(b));
  await putRows(
    store,
    ordered.map((row, position) => ({ ...row, position })),
  );
}

/** @returns the details before */
async function replaceDetails(
  store: AppStorage,
  id: string,
  edit: (details: AccountDetails) => AccountDetails,
): Promise<AccountDetails> {
  const row = await rowOf(store, id);
  const before = await detailsIn(store, row);
  await putRows(store, [{ ...row, details: await sealJson(store.key, `${id}|details`, edit(before)) }]);
  return before;
}

async function takeCounter(store: AppStorage, id: string): Promise<number> {
  const before = await replaceDetails(store, id, (details) =>
    details.type === 'hotp' ? { ...details, counter: details.counter + 1 } : details,
  );
  if (before.type !== 'hotp') throw new RangeError('the codes of this account are not counted');
  return before.counter;
}

async function sealedRow(
  sealing: CryptoKey,
  { seed, ...details }: ReadOtpauthKey,
  position: number,
): Promise<AccountRow> {
  const id = crypto.randomUUID();
  return {
    id,
    position,
    details: await sealJson(sealing, `${id}|details`, { ...details, ...cleaned(details) }),
    seed: await seal(sealing, `${id}|seed`, seed),
  };
}

const sealJson = (key: CryptoKey, place: string, value: AccountDetails) =>
  seal(key, place, new TextEncoder().encode(JSON.stringify(value)));

const cleaned = ({ issuer, account }: AccountNames) => ({
  issuer: cleanName(issuer),
  account: cleanName(account),
});

/** The same for keys that make the same codes; a counter only says how far one is. */
function fingerprint(key: ReadOtpauthKey): string {
  const pace = key.type === 'totp' ? key.stepSeconds : 'counted';
  return [key.type, pace, key.digits, key.algorithm, key.seed.join('.')].join('|');
}

function withoutRepeats(keys: ReadOtpauthKey[]): ReadOtpauthKey[] {
  return [...new Map(keys.map((key) => [fingerprint(key), key])).values()];
}
