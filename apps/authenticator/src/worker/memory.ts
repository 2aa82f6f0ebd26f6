/**
 * What the app leaves for its service worker, which can read neither the app's texts nor its local storage. A
 * database of its own: it must never stand in the way when the app's changes. Nothing secret is in it.
 */
export interface Memory {
  /** Language of the notices. */
  language: string;
  /** The browser gave the app another push address, or took it back: the server does not know yet. */
  hasLostPush: boolean;
}

const NAME = 'sigillo-worker';
const STORE = 'memory';

/** Remembers one thing, in place of what was remembered. */
export async function remember<K extends keyof Memory>(name: K, value: Memory[K]): Promise<void> {
  await withStore('readwrite', (store) => store.put(value, name));
}

/** Undefined when nothing was remembered. */
export function recall<K extends keyof Memory>(name: K): Promise<Memory[K] | undefined> {
  return withStore('readonly', (store) => store.get(name));
}

async function withStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await answerOf(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
