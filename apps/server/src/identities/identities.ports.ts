import type { Actor, IdentityStanding, Move } from '@sigillo/identity';
import type { Tx } from '../platform/database/database.ts';
import type { Identity } from './identity.ts';

/** What of an identity changes without a move. */
export type IdentityDetails = Pick<Identity, 'attributes' | 'documentExpiresOn' | 'issuedOn' | 'expiresOn'>;

/** One line of an identity's life. */
export interface LifeEvent {
  at: Date;
  move: Move['type'];
  cause: string | null;
  actor: Actor;
  from: Identity['state'];
  to: Identity['state'];
}

/**
 * The code was given before, or the fiscal number has an identity of this type already that is not revoked. The
 * transaction must not be committed.
 */
export class IdentityTaken extends Error {
  override readonly name = 'IdentityTaken';
}

/** Where identities are kept. */
export interface Identities {
  /** @throws IdentityTaken */
  insert(tx: Tx, identity: Identity): Promise<void>;
  find(tx: Tx, accountId: string, id: string): Promise<Identity | undefined>;
  /** All of an account, the newest first. */
  ofAccount(tx: Tx, accountId: string): Promise<Identity[]>;
  /**
   * Takes the place of the standing that was judged, in one conditional statement.
   *
   * @returns false when somebody else moved it meanwhile
   */
  move(
    tx: Tx,
    judged: Identity,
    after: IdentityStanding,
    done: { move: Move; actor: Actor; at: Date; until: Date | null },
  ): Promise<boolean>;
  /**
   * Other days or attributes in the place of those that were judged; by the same version.
   *
   * @returns false when somebody else moved or changed it meanwhile
   */
  change(tx: Tx, judged: Identity, changes: Partial<IdentityDetails>, at: Date): Promise<boolean>;
  /** The account's active identities were used now; written once a day (in Rome) at most. */
  noteUse(tx: Tx, accountId: string, at: Date): Promise<void>;
  life(tx: Tx, accountId: string, id: string): Promise<LifeEvent[]>;
  /** Destroys what there is of it, its contract too; that its code was given stays, as a keyed hash. */
  forget(tx: Tx, accountId: string, id: string): Promise<void>;
}
