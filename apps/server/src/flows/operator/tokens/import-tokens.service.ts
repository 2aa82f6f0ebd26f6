import type { TokenRecord } from '@sigillo/pskc';
import { NOBODY, writeAudit } from '../../../platform/audit/audit.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/database/database.ts';
import type { Keyring } from '../../../platform/keyring/keyring.ts';

/** Where tokens wait for somebody to take them. */
export interface TokenStock {
  /** Adds tokens that are not known yet. @returns the serial numbers that are known already, whatever became of them */
  add(tx: Tx, tokens: readonly TokenRecord[], at: Date): Promise<string[]>;
}

interface ImportPorts {
  db: Db;
  keyring: Keyring;
  clock: Clock;
  stock: TokenStock;
}

/** Undoes an import that would have been half of one. */
class KnownAlready extends Error {
  readonly serials: string[];

  constructor(serials: string[]) {
    super('some tokens are known already');
    this.serials = serials;
  }
}

/**
 * Takes all tokens of a file into stock, or none: in one transaction, which is on record.
 *
 * @returns serial numbers that are known already; when there are any, nothing was imported
 */
export async function importTokens(
  { db, keyring, clock, stock }: ImportPorts,
  tokens: readonly TokenRecord[],
): Promise<string[]> {
  const at = clock.now();
  try {
    await inTransaction(db, async (tx) => {
      const known = await stock.add(tx, tokens, at);
      if (known.length > 0) throw new KnownAlready(known);
      const details = {
        count: tokens.length,
        first: tokens[0]?.serial ?? '',
        last: tokens.at(-1)?.serial ?? '',
      };
      const event = {
        type: 'hardware-tokens-imported',
        accountId: NOBODY,
        actor: 'operator',
        at,
        details,
      } as const;
      await writeAudit(tx, keyring, event);
    });
    return [];
  } catch (error) {
    if (error instanceof KnownAlready) return error.serials;
    throw error;
  }
}
