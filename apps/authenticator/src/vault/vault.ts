import type { ReadOtpauthKey } from '@sigillo/otp';
import { type AccountDetails, type AccountNames, type CodeAccount, cleanName } from './code-account.ts';
import { type AccountRow, openDatabase, readRows, write } from './database.ts';
import { seal, sealingKey, unseal } from './sealing-key.ts';

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

/**
 * Opens the vault of this device.
 *
 * @throws DOMException when this browser lets the app store nothing, as some do in private windows
 */
export async function openVault(): Promise<Vault> {
  const database = await openDatabase();
  const key = await locked(() => sealingKey(database));
  const news = changeNews();
  const rowOf = async (id: string): Promise<AccountRow> => {
    const row = (await readRows(database)).find((candidate) => candidate.id === id);
    if (!row) throw new RangeError('the account is gone');
    return row;
  };
  const detailsOf = async ({ id, details }: AccountRow): Promise<AccountDetails> =>
    JSON.parse(new TextDecoder().decode(await unseal(key, `${id}|details`, details)));
  const seedIn = ({ id, seed }: AccountRow) => unseal(key, `${id}|seed`, seed);
  const change = async <T>(work: () => Promise<T>): Promise<T> => {
    const result = await locked(work);
    news.tell();
    return result;
  };
  const put = (rows: AccountRow[]) =>
    write(database, 'accounts', (store) => {
      for (const row of rows) store.put(row);
    });
  const known = async (keys: readonly ReadOtpauthKey[]): Promise<boolean[]> => {
    const rows = await readRows(database);
    const prints = await Promise.all(
      rows.map(async (row) => fingerprint({ ...(await detailsOf(row)), seed: await seedIn(row) })),
    );
    return keys.map((candidate) => prints.includes(fingerprint(candidate)));
  };
  const replaceDetails = async (id: string, edit: (details: AccountDetails) => AccountDetails) => {
    const row = await rowOf(id);
    const before = await detailsOf(row);
    await put([{ ...row, details: await sealJson(key, `${id}|details`, edit(before)) }]);
    return before;
  };

  return {
    list: async () => {
      const rows = await readRows(database);
      return Promise.all(rows.map(async (row) => ({ ...(await detailsOf(row)), id: row.id })));
    },
    seedOf: async (id) => seedIn(await rowOf(id)),
    findKnown: known,
    add: (keys) =>
      change(async () => {
        const isKnown = await known(keys);
        const last = (await readRows(database)).at(-1)?.position ?? -1;
        const fresh = withoutRepeats(keys.filter((_, index) => !isKnown[index]));
        await put(await Promise.all(fresh.map((one, index) => sealedRow(key, one, last + 1 + index))));
        return fresh.length;
      }),
    rename: (id, names) =>
      change(async () => void (await replaceDetails(id, (details) => ({ ...details, ...cleaned(names) })))),
    reorder: (ids) =>
      change(async () => {
        const rows = await readRows(database);
        const place = (row: AccountRow) => (ids.indexOf(row.id) + 1 || ids.length + 1) - 1;
        const ordered = rows.toSorted((a, b) => place(a) - place(b));
        await put(ordered.map((row, position) => ({ ...row, position })));
      }),
    remove: (id) =>
      change(async () => {
        const row = await rowOf(id);
        await write(database, 'accounts', (store) => store.delete(id));
        return () => change(() => put([row]));
      }),
    takeCounter: (id) =>
      change(async () => {
        const before = await replaceDetails(id, (details) =>
          details.type === 'hotp' ? { ...details, counter: details.counter + 1 } : details,
        );
        if (before.type !== 'hotp') throw new RangeError('the codes of this account are not counted');
        return before.counter;
      }),
    onChange: news.listen,
  };
}

/** One change at a time, over all tabs: each reads, seals and writes before the next one reads. */
function locked<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('sigillo-vault', work);
}

/** Tells this tab and the others that something changed; never what. */
function changeNews(): { tell(): void; listen: Vault['onChange'] } {
  const channel = new BroadcastChannel('sigillo-vault');
  const listeners = new Set<() => void>();
  const tellOwn = () => {
    for (const listener of listeners) listener();
  };
  channel.onmessage = tellOwn;
  return {
    tell: () => {
      tellOwn();
      channel.postMessage('changed');
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
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
