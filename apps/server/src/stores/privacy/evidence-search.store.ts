import { normaliseFiscalCode } from '@sigillo/identity';
import type { EvidenceBy, EvidenceSearch } from '../../evidence/evidence.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { fiscalNumberHashes } from '../identities/fiscal-number-hashes.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who held an identity by what it was known by, each a keyed hash; the account itself by its id. */
export function evidenceSearchStore(keyring: Keyring): EvidenceSearch {
  return {
    async find(tx, by, value, most) {
      const ids = await findAll(tx, keyring, by, value);
      return [...new Set(ids)].slice(0, most);
    },
  };
}

async function findAll(tx: Tx, keyring: Keyring, by: EvidenceBy, value: string): Promise<string[]> {
  switch (by) {
    case 'spid-code':
      return named(tx, 'identity_name', [keyring.mac('spid-code', value.trim().toUpperCase())]);
    case 'fiscal-number': {
      const hashes = fiscalNumberHashes(keyring, normaliseFiscalCode(value));
      return [...(await named(tx, 'identity_name', hashes)), ...(await named(tx, 'past_number', hashes))];
    }
    case 'account': {
      const id = value.trim().toLowerCase();
      return UUID.test(id) ? [id] : [];
    }
  }
}

async function named(tx: Tx, table: 'identity_name' | 'past_number', hashes: Buffer[]): Promise<string[]> {
  const rows = await tx.selectFrom(table).select('account_id').where('hmac', 'in', hashes).execute();
  return rows.map((row) => row.account_id);
}
