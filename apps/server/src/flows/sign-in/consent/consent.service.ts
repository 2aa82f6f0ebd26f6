import { interactionGone, signInNeeded } from '../../../gate/gate.problems.ts';
import type { Contact, Presenter, Prover, Session } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Interactions, RelyingParty } from '../../../gate/relying-party.ts';

export interface ConsentPorts {
  gate: Gate;
  interactions: Interactions;
}

export interface AskedConsent {
  relyingParty: RelyingParty;
  email: string;
  scopes: { name: string; values: string[] }[];
}

/**
 * What the holder is asked to agree to: every scope with the very values that will be shown.
 *
 * @throws interactionGone, signInNeeded
 */
export async function readConsent(
  { gate, interactions }: ConsentPorts,
  uid: string,
  session: Session,
  presenter: Presenter,
): Promise<AskedConsent> {
  const interaction = await interactions.find(uid, presenter);
  if (interaction?.prompt !== 'consent') throw interactionGone({ homeUrl: await interactions.homeOf(uid) });
  const holder = await gate.transaction((tx) => gate.accounts.load(tx, session.accountId));
  if (!holder) throw signInNeeded();
  return {
    relyingParty: interaction.relyingParty,
    email: addressOf(holder, 'email') ?? '',
    scopes: interaction.scopes.map((name) => ({ name, values: valuesOf(name, holder) })),
  };
}

function valuesOf(scope: string, holder: Prover): string[] {
  if (scope === 'profile') return [holder.userId, holder.language];
  if (scope !== 'email' && scope !== 'phone') return [];
  return [addressOf(holder, scope)].filter((value) => value !== undefined);
}

function addressOf(holder: Prover, kind: Contact['kind']): string | undefined {
  const all = holder.contacts.filter((one) => one.kind === kind);
  return (all.find((one) => one.verifiedAt) ?? all[0])?.address;
}
