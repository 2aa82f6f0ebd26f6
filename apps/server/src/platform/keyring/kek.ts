import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.ts';

/** The key that wraps the data keys and is never in the database: a file, the environment, a PKCS#11 token. */
export interface KeyEncryptionKey {
  /** Tells one key from another without telling anything of it; stands beside each wrapped key. */
  readonly id: string;
  /** @param context what the wrapped key is for: unwrapping it as another fails */
  wrap(key: Uint8Array, context: Uint8Array): Promise<Buffer>;
  /** Throws an Error when the key, the context or a byte is another. */
  unwrap(wrapped: Uint8Array, context: Uint8Array): Promise<Buffer>;
}

/** A key-encryption key of 32 bytes held in memory; wraps with AES-256-GCM. */
export function keyEncryptionKeyOf(key: Uint8Array): KeyEncryptionKey {
  const id = createHmac('sha256', key).update('sigillo key-encryption key id').digest('hex').slice(0, 16);
  return {
    id,
    wrap: async (dataKey, context) => encrypt(key, dataKey, context),
    unwrap: async (wrapped, context) => {
      const dataKey = decrypt(key, wrapped, context);
      if (!dataKey) throw new Error(`A data key wrapped by master key ${id} was changed or moved`);
      return dataKey;
    },
  };
}
