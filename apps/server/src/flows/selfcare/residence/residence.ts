import type { Tx } from '../../../platform/database/database.ts';

/** Where somebody lives, as the attributes of a digital identity have it (AgID, avviso 25). */
export interface Residence {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Street and number. */
  street: string;
  postalCode: string;
  municipality: string;
  /** The letters of a province; null outside Italy. */
  province: string | null;
}

/** Where residences are kept: every version, so that what it was before stays known. */
export interface Residences {
  /** The newest; undefined when none was ever saved. */
  current(tx: Tx, accountId: string): Promise<Residence | undefined>;
  /** @returns false when another version was saved meanwhile */
  save(tx: Tx, accountId: string, residence: Residence, at: Date): Promise<boolean>;
}
