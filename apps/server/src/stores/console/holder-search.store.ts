import { normaliseFiscalCode } from '@sigillo/identity';
import type { HolderSearch, SearchedBy } from '../../flows/console/holders/holders.ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import { foldEmailAddress, parseEmailAddress } from '../../platform/email-address.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { readPhone } from '../../platform/phone-number.ts';
import { normaliseUserId } from '../../platform/user-id.ts';
import { hashIdentifier } from '../accounts/identifier.store.ts';
import { fiscalNumberHashes } from '../identities/fiscal-number-hashes.ts';

/** Holders by what they are known by, each a keyed hash: nothing is found by a part of it. */
export function holderSearchStore(keyring: Keyring): HolderSearch {
  return {
    async find(tx, by, value, most) {
      const found = await findAll(tx, keyring, by, value);
      const ids = [...new Set(found)].slice(0, most);
      return ids.length === 0 ? [] : onlyHolders(tx, ids);
    },
  };
}

async function findAll(tx: Tx, keyring: Keyring, by: SearchedBy, value: string): Promise<string[]> {
  switch (by) {
    case 'user-id': {
      const userId = normaliseUserId(value);
      return userId === undefined ? [] : byIdentifier(tx, hashIdentifier(keyring, 'user-id', userId));
    }
    case 'email': {
      const address = parseEmailAddress(value);
      if (address === undefined) return [];
      const confirmed = await byIdentifier(tx, hashIdentifier(keyring, 'email', address));
      // One that was never confirmed is known as it was typed; its owner may still call.
      const typed = [...new Set([address, foldEmailAddress(address)])];
      const hashes = typed.map((one) => keyring.mac('contact-address', 'email', one));
      return [...confirmed, ...(await byContact(tx, hashes))];
    }
    case 'phone':
      return byPhone(tx, keyring, value);
    case 'spid-code':
      return byName(tx, [keyring.mac('spid-code', value.trim().toUpperCase())]);
    case 'fiscal-number': {
      return byName(tx, fiscalNumberHashes(keyring, normaliseFiscalCode(value)));
    }
  }
}

function byPhone(tx: Tx, keyring: Keyring, value: string): Promise<string[]> {
  const number = readPhone(value);
  return number === undefined
    ? Promise.resolve([])
    : byContact(tx, [keyring.mac('contact-address', 'phone', number)]);
}

async function byIdentifier(tx: Tx, hmac: Buffer): Promise<string[]> {
  const rows = await tx.selectFrom('identifier').select('account_id').where('hmac', '=', hmac).execute();
  return rows.map((row) => row.account_id);
}

async function byContact(tx: Tx, hmacs: Buffer[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('contact')
    .select('account_id')
    .where('address_hmac', 'in', hmacs)
    .orderBy('account_id')
    .limit(50)
    .execute();
  return rows.map((row) => row.account_id);
}

async function byName(tx: Tx, hmacs: Buffer[]): Promise<string[]> {
  const rows = await tx.selectFrom('identity_name').select('account_id').where('hmac', 'in', hmacs).execute();
  return rows.map((row) => row.account_id);
}

async function onlyHolders(tx: Tx, ids: string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('account')
    .select('id')
    .where('id', 'in', ids)
    .where('kind', '=', 'holder')
    .execute();
  return rows.map((row) => row.id);
}
