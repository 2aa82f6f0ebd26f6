import { MINUTE_MS } from '../clock/clock.ts';
import type { Db } from '../database/database.ts';
import { readDataKeys, unwrapDataKey } from './data-keys.ts';
import type { KeyEncryptionKey } from './kek.ts';
import { type DataKeys, macOf, open, type Place, seal } from './sealing.ts';

/** Seals values for their place in the database and makes keyed hashes. See README.md. */
export interface Keyring {
  seal(plain: Uint8Array | string, place: Place): Buffer;
  /** Throws SealBroken when the value was moved, cut or changed. */
  open(sealed: Uint8Array, place: Place): Buffer;
  /** As `open`, for a text. */
  openText(sealed: Uint8Array, place: Place): string;
  /** HMAC-SHA-256 of the parts for one purpose; the same for ever, since identifiers are found by it. */
  mac(purpose: string, ...parts: (string | Uint8Array)[]): Buffer;
}

/** A keyring that can learn of data keys added while the server runs. */
export interface RefreshableKeyring extends Keyring {
  /** Reads the keys again; to be called every minute. */
  refresh(nowMs: number): Promise<void>;
}

/** A new key seals only once every node has refreshed: until then some could not open what it sealed. */
const SETTLING_MS = 5 * MINUTE_MS;

/**
 * Loads the data keys, making the first ones in an empty database.
 *
 * @param previous the master key before this one, while `rewrapDataKeys` has not done all rows
 * @throws StartRefused when the master key is not the one of this database
 */
export async function loadKeyring(
  db: Db,
  kek: KeyEncryptionKey,
  nowMs: number,
  previous?: KeyEncryptionKey,
): Promise<RefreshableKeyring> {
  let keys = await loadKeys(db, { kek, previous }, nowMs);
  return {
    seal: (plain, place) => seal(keys, plain, place),
    open: (sealed, place) => open(keys, sealed, place),
    openText: (sealed, place) => open(keys, sealed, place).toString('utf8'),
    mac: (purpose, ...parts) => macOf(keys, purpose, parts),
    refresh: async (atMs) => {
      keys = await loadKeys(db, { kek, previous }, atMs, keys);
    },
  };
}

/** @param known keys at hand already: not unwrapped again, so that a running node outlives a rewrap */
async function loadKeys(
  db: Db,
  { kek, previous }: { kek: KeyEncryptionKey; previous: KeyEncryptionKey | undefined },
  nowMs: number,
  known?: DataKeys,
): Promise<DataKeys> {
  const keks = previous ? [kek, previous] : [kek];
  const rows = await readDataKeys(db, kek, nowMs);
  const sealKeys = new Map<number, Uint8Array>();
  let mac = known?.mac;
  for (const row of rows) {
    if (row.purpose === 'mac') mac ??= await unwrapDataKey(row, keks);
    else sealKeys.set(row.id, known?.seal.get(row.id) ?? (await unwrapDataKey(row, keks)));
  }
  if (!mac) throw new Error('There is no data key for keyed hashes');

  const sealRows = rows.filter((row) => row.purpose === 'seal');
  const settled = sealRows.findLast((row) => row.created_at.getTime() <= nowMs - SETTLING_MS);
  const current = settled ?? sealRows[0];
  return { seal: sealKeys, current: current?.id ?? 1, mac };
}
