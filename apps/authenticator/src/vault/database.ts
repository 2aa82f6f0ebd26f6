/** What is kept of one account: where it stands in the list; the rest is sealed. */
export interface AccountRow {
  id: string;
  position: number;
  /** Names and settings, as JSON. */
  details: Sealed;
  seed: Sealed;
}

/** AES-GCM: nonce and ciphertext with its tag. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const NAME = 'sigillo-authenticator';
const VERSION = 2;

/** Opens the app's database, and makes it at the first start. @throws DOMException when nothing may be stored */
export function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion);
  request.onsuccess = () => {
    // A newer version of the app, in another tab, is not kept waiting.
    request.result.onversionchange = () => request.result.close();
  };
  return answerOf(request);
}

function upgrade(database: IDBDatabase, from: number): void {
  if (from < 1) {
    database.createObjectStore('keys');
    database.createObjectStore('accounts', { keyPath: 'id' });
  }
  if (from < 2) {
    database.createObjectStore('linked', { keyPath: 'id' });
    database.createObjectStore('drafts');
  }
}

/** The answer of one request. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** Writes all of it or nothing: resolves once it is on the disk. */
export function write(
  database: IDBDatabase,
  store: string,
  change: (store: IDBObjectStore) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    change(transaction.objectStore(store));
  });
}

/** Every row of the accounts, in the order of the list. */
export async function readRows(database: IDBDatabase): Promise<AccountRow[]> {
  const store = database.transaction('accounts').objectStore('accounts');
  const rows: AccountRow[] = await answerOf(store.getAll());
  return rows.sort((a, b) => a.position - b.position);
}
