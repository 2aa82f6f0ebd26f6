import { answerOf, type Sealed, write } from './database.ts';

const ID = 'sealing';

/**
 * The key that seals everything stored here; made at the first start. Call it under the lock of the vault.
 *
 * It cannot be exported, not even by this app. That keeps the secrets out of reach of whoever reads the rows
 * alone (a database viewer, a crash report, a tool that copies values), and no script can carry the key away.
 * It does not protect from who copies the whole browser profile, where browsers keep the key too, nor from
 * code that runs in this origin, which may use the key: for that there are the lock of the telephone, its disk
 * encryption and the content security policy.
 */
export async function sealingKey(database: IDBDatabase): Promise<CryptoKey> {
  const store = database.transaction('keys').objectStore('keys');
  const known: CryptoKey | undefined = await answerOf(store.get(ID));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await write(database, 'keys', (keys) => keys.add(made, ID));
  return made;
}

/** Seals bytes for one place: elsewhere they do not open. @param place account and field */
export async function seal(key: CryptoKey, place: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt(algorithm(iv, place), key, bytes) };
}

/** @throws DOMException when the bytes were changed or belong elsewhere */
export async function unseal(
  key: CryptoKey,
  place: string,
  { iv, data }: Sealed,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt(algorithm(iv, place), key, data));
}

function algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`sigillo-vault.1|${place}`) };
}
