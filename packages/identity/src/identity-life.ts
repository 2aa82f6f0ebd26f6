/**
 * The life of a digital identity (Decree of 24 October 2014, articles 8 and 9; AgID, Modalità attuative, articles 20
 * and 23): which states there are, what leads from one to another, and who may bring it about. Pure: what was verified
 * before, and in whose name, is for the caller to know.
 */

export type IdentityState = 'requested' | 'active' | 'suspended' | 'revoked';

/** Why an identity rests. Several may hold at once: it is active again when none is left. */
export type SuspensionCause =
  | 'holder-request'
  | 'emergency-link'
  | 'lost-credential'
  | 'suspected-abuse'
  | 'document-expired';

/** Why an identity ends, for good. */
export type RevocationCause =
  | 'request-refused'
  | 'holder-request'
  | 'unused'
  | 'contract-end'
  | 'death'
  | 'legal-person-extinct'
  | 'illicit-use';

/**
 * In whose name something is done: the holder after a ceremony, whoever has the emergency link, two operators who agree,
 * one operator, the platform by a rule, or an administrator who takes identities over that were issued elsewhere.
 */
export type Actor = 'holder' | 'emergency-link' | 'two-operators' | 'operator' | 'platform' | 'import';

export type Move =
  | { type: 'issue' }
  | { type: 'suspend'; cause: SuspensionCause }
  | { type: 'lift'; cause: SuspensionCause }
  | { type: 'revoke'; cause: RevocationCause };

/** What of an identity a move depends on. */
export interface IdentityStanding {
  state: IdentityState;
  /** The causes that it is suspended for. */
  causes: ReadonlySet<SuspensionCause>;
}

const ISSUES: readonly Actor[] = ['two-operators', 'import'];

/** Who may suspend an identity for what. To suspend errs on the safe side, so that one operator is enough. */
const SUSPENDS: Record<SuspensionCause, readonly Actor[]> = {
  'holder-request': ['holder', 'operator'],
  'emergency-link': ['emergency-link'],
  'lost-credential': ['holder', 'operator'],
  'suspected-abuse': ['platform', 'operator'],
  'document-expired': ['platform'],
};

/**
 * Who may lift it again: nobody lifts what somebody with more to answer for has set. Two operators lift any after their
 * holder was proven anew.
 */
const LIFTS: Record<SuspensionCause, readonly Actor[]> = {
  'holder-request': ['holder', 'platform', 'two-operators'],
  'emergency-link': ['holder', 'platform', 'two-operators'],
  'lost-credential': ['holder', 'platform', 'two-operators'],
  'suspected-abuse': ['two-operators'],
  // A newly verified document does, which an operator has reviewed.
  'document-expired': ['operator'],
};

/** Whether somebody may suspend for a cause: an identity, or the account that holds it. */
export const maySuspend = (cause: SuspensionCause, actor: Actor): boolean => SUSPENDS[cause].includes(actor);

/** Whether somebody may lift what was suspended for a cause. */
export const mayLift = (cause: SuspensionCause, actor: Actor): boolean => LIFTS[cause].includes(actor);

/** There is no revocation at the holder's click: a request is verified by two operators. */
const REVOKES: Record<RevocationCause, { by: readonly Actor[]; from: readonly IdentityState[] }> = {
  'request-refused': { by: ['operator'], from: ['requested'] },
  'holder-request': { by: ['two-operators'], from: ['active', 'suspended'] },
  unused: { by: ['platform'], from: ['active', 'suspended'] },
  'contract-end': { by: ['platform'], from: ['active', 'suspended'] },
  death: { by: ['two-operators'], from: ['active', 'suspended'] },
  'legal-person-extinct': { by: ['two-operators'], from: ['active', 'suspended'] },
  'illicit-use': { by: ['two-operators'], from: ['active', 'suspended'] },
};

/**
 * What becomes of an identity, or nothing when this move is not allowed from where it stands, or not to this actor.
 * Revoked is final. A cause that holds already is not set again, one that does not hold is not lifted.
 */
export function afterMove(
  standing: IdentityStanding,
  move: Move,
  actor: Actor,
): IdentityStanding | undefined {
  const { state, causes } = standing;
  switch (move.type) {
    case 'issue':
      return state === 'requested' && ISSUES.includes(actor)
        ? { state: 'active', causes: new Set() }
        : undefined;
    case 'suspend': {
      const isOpen = state === 'active' || state === 'suspended';
      if (!isOpen || causes.has(move.cause) || !SUSPENDS[move.cause].includes(actor)) return undefined;
      return { state: 'suspended', causes: new Set([...causes, move.cause]) };
    }
    case 'lift': {
      if (state !== 'suspended' || !causes.has(move.cause) || !LIFTS[move.cause].includes(actor))
        return undefined;
      const left = new Set([...causes].filter((cause) => cause !== move.cause));
      return { state: left.size === 0 ? 'active' : 'suspended', causes: left };
    }
    case 'revoke': {
      const { by, from } = REVOKES[move.cause];
      return from.includes(state) && by.includes(actor) ? { state: 'revoked', causes: new Set() } : undefined;
    }
  }
}

/** What an identity must still be when its suspension runs out, to be active again by itself. */
export interface RestoreFacts {
  /** Its document is valid today. */
  documentValid: boolean;
  /** Every contact that it needs is verified. */
  contactsVerified: boolean;
  /** A credential of it is known or suspected to be in other hands. */
  credentialCompromised: boolean;
}

/**
 * Whether a suspension that was asked for ends by itself after its days: only if the identity is as sure as it was
 * before; otherwise it rests until it is proven anew (AgID, avviso 10; SPID-IDL-8).
 */
export function endsByItself(
  { causes }: IdentityStanding,
  ending: SuspensionCause,
  facts: RestoreFacts,
): boolean {
  const isAlone = causes.size === 1 && causes.has(ending);
  const mayEnd = LIFTS[ending].includes('platform');
  return isAlone && mayEnd && facts.documentValid && facts.contactsVerified && !facts.credentialCompromised;
}
