import {
  type Actor,
  afterMove,
  endsByItself,
  type Move,
  type RestoreFacts,
  type SuspensionCause,
} from '@sigillo/identity';
import type { Doubt, HoldCause, Holdings } from '../gate/hold.ts';
import type { Tx } from '../platform/database/database.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Identity } from './identity.ts';
import { type IdentityPorts, moveIdentity } from './move-identity.service.ts';

/** Somebody else may move an identity at the same time (its document expires); nobody does so often. */
const TRIES = 5;

export interface HoldingPorts extends IdentityPorts {
  /** Whether an identity that rests is as sure as it was before. */
  restoreFacts(tx: Tx, identity: Identity): Promise<RestoreFacts>;
}

/** The identities of an account, which rest and are active again together with it. */
export function identityHoldings(ports: HoldingPorts): Holdings {
  return {
    async isHolder(tx, accountId) {
      const all = await ports.identities.ofAccount(tx, accountId);
      return all.some(({ state }) => state === 'active' || state === 'suspended');
    },
    async suspend(tx, accountId, { cause, setBy, until }) {
      const move: Move = { type: 'suspend', cause };
      const moved = await moveAll(ports, tx, accountId, { move, actor: setBy, ...(until && { until }) });
      return moved.length;
    },
    doubts: (tx, accountId, ending) => doubtsOf(ports, tx, accountId, ending),
    async lift(tx, accountId, cause, by) {
      const moved = await moveAll(ports, tx, accountId, { move: { type: 'lift', cause }, actor: by });
      return moved.filter(({ state }) => state === 'active').length;
    },
  };
}

/** Every reason for which an identity that rests would not be active again by itself. */
async function doubtsOf(
  ports: HoldingPorts,
  tx: Tx,
  accountId: string,
  ending: readonly HoldCause[],
): Promise<Doubt[]> {
  const all = await ports.identities.ofAccount(tx, accountId);
  const doubts = new Set<Doubt>();
  for (const identity of all.filter(({ state }) => state === 'suspended')) {
    const facts = await ports.restoreFacts(tx, identity);
    for (const cause of ending) {
      const others = [...identity.causes].filter((one) => one === cause || !isEnding(ending, one));
      if (!identity.causes.has(cause)) continue;
      if (!endsByItself({ ...identity, causes: new Set(others) }, cause, facts))
        for (const doubt of reasons(others.length > 1, facts)) doubts.add(doubt);
    }
  }
  return [...doubts];
}

const isEnding = (ending: readonly HoldCause[], cause: SuspensionCause): boolean =>
  ending.some((one) => one === cause);

function reasons(hasOther: boolean, facts: RestoreFacts): Doubt[] {
  const { documentValid, contactsVerified, credentialCompromised } = facts;
  const all: [Doubt, boolean][] = [
    ['document-expired', !documentValid],
    ['contact-unverified', !contactsVerified],
    ['credential-compromised', credentialCompromised],
  ];
  const own = all.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
  return own.length === 0 && hasOther ? ['other-cause'] : own;
}

interface Wanted {
  move: Move;
  actor: Actor;
  until?: Date;
}

/** Moves every identity of an account that may move so, and leaves the others as they are. */
async function moveAll(ports: IdentityPorts, tx: Tx, accountId: string, wanted: Wanted) {
  const all = await ports.identities.ofAccount(tx, accountId);
  const moved = [];
  for (const { id } of all) {
    const after = await tryMove(ports, tx, { accountId, id }, wanted);
    if (after) moved.push(after);
  }
  return moved;
}

async function tryMove(ports: IdentityPorts, tx: Tx, key: { accountId: string; id: string }, wanted: Wanted) {
  for (let tried = 1; ; tried++) {
    const identity = await ports.identities.find(tx, key.accountId, key.id);
    if (!identity || !afterMove(identity, wanted.move, wanted.actor)) return undefined;
    try {
      return await moveIdentity(ports, tx, key, wanted);
    } catch (error) {
      const isMoved = error instanceof Problem && error.slug === 'identity-move-refused';
      if (!isMoved || tried === TRIES) throw error;
    }
  }
}
