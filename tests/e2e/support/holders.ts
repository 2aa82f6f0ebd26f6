import { randomBytes } from 'node:crypto';
import { base32Encode } from '@sigillo/otp';
import { DEFAULT_PARAMETERS, hashArgon2id } from '../../../apps/server/src/factors/password/argon2id.ts';
import { readyAccount } from '../../../apps/server/src/gate/ready-account.ts';
import { inTransaction } from '../../../apps/server/src/platform/database/database.ts';
import type { Keyring } from '../../../apps/server/src/platform/keyring/keyring.ts';
import { newUserId } from '../../../apps/server/src/platform/user-id.ts';
import { bulkImportStore } from '../../../apps/server/src/stores/accounts/bulk-import.store.ts';
import type { Product } from '../../setup/product.ts';

/** Somebody with an account, and what only they know. */
export interface Holder {
  id: string;
  userId: string;
  email: string;
  phone: string;
  password: string;
  /** Of the authenticator app, base 32. */
  key: string;
}

/** What the account has beside a password and a confirmed e-mail address. */
export interface Enrolled {
  totp?: boolean;
  /** Codes by SMS to a confirmed number. */
  sms?: boolean;
  language?: 'it' | 'en';
}

const PASSWORD = 'correct horse battery staple';

let counter = 0;

/** What a person types who is yet to register. */
export function newPerson(): Omit<Holder, 'id' | 'userId' | 'key'> {
  counter += 1;
  return {
    email: `holder.${counter}@example.org`,
    phone: `+3933312${String(counter).padStart(5, '0')}`,
    password: PASSWORD,
  };
}

/** Makes accounts in the database of a product, as an import would: quicker than clicking through a set-up. */
export async function holderFactory(product: Product, keyring: Keyring, nowMs: () => number) {
  const passwordHash = await hashArgon2id(PASSWORD, DEFAULT_PARAMETERS);
  return async ({ totp = false, sms = false, language = 'it' }: Enrolled = {}): Promise<Holder> => {
    const person = newPerson();
    const seed = randomBytes(20);
    const userId = newUserId();
    const account = readyAccount(
      {
        userId,
        language,
        email: { address: person.email, confirmed: true },
        phone: sms ? { address: person.phone, confirmed: true } : null,
        passwordHash,
        totpSeed: totp ? seed : null,
        smsCodes: sms,
      },
      new Date(nowMs()),
    );
    await inTransaction(product.database.db, (tx) => bulkImportStore(keyring).insert(tx, [account]));
    return { ...person, id: account.account.id, userId, key: base32Encode(seed) };
  };
}
