import { changesOf } from './changes.ts';
import { openDatabase } from './database.ts';
import { sealingKey } from './sealing-key.ts';

/** What this device stores in, and the key that seals what is stored. */
export interface AppStorage {
  database: IDBDatabase;
  key: CryptoKey;
}

/** @throws DOMException when this browser lets the app store nothing, as some do in private windows */
export async function openStorage(): Promise<AppStorage> {
  const database = await openDatabase();
  return { database, key: await changesOf('sigillo-vault').inTurn(() => sealingKey(database)) };
}
