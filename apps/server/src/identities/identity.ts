import type { AttributeName, Day, IdentityStanding, IdentityType, SuspensionCause } from '@sigillo/identity';

export type Attributes = Partial<Record<AttributeName, string>>;

/** A digital identity of an account. */
export interface Identity extends IdentityStanding {
  accountId: string;
  id: string;
  type: IdentityType;
  /** Rises with every move. */
  version: number;
  spidCode: string;
  /** What was verified of whom it is of. E-mail address and mobile number are the account's verified contacts. */
  attributes: Attributes;
  /** The last day on which its document is good. */
  documentExpiresOn: Day | null;
  issuedOn: Day | null;
  /** Its last day by its contract. */
  expiresOn: Day | null;
  /** When it was last used, to the day; of its account's sign-ins. */
  lastUsedAt: Date | null;
  createdAt: Date;
  /** When a cause ends by itself, of those that do. */
  until: ReadonlyMap<SuspensionCause, Date>;
}
