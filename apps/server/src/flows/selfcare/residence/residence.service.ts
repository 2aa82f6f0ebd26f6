import type { Presenter, Prover } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { Gate } from '../../../gate/ports.ts';
import { type ContractPorts, concludeContract } from '../../../identities/documents/activation-contract.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { savedElsewhere } from './residence.problems.ts';
import type { Residence, Residences } from './residence.ts';
import { attributesOf, residenceOf } from './residence-attributes.ts';

export interface ResidencePorts extends ContractPorts {
  gate: Gate;
  residences: Residences;
  identities: Identities;
}

/** Where the holder lives, as they saved it, else as it was said when an identity was given. */
export async function readResidence(
  { residences, identities }: Pick<ResidencePorts, 'residences' | 'identities'>,
  tx: Tx,
  accountId: string,
): Promise<Residence | undefined> {
  const saved = await residences.current(tx, accountId);
  if (saved) return saved;
  const held = await identities.ofAccount(tx, accountId);
  return held.map(({ attributes }) => residenceOf(attributes)).find((one) => one !== undefined);
}

/**
 * Saves where the holder lives, in the account and in each identity that has not ended, and tells them by contacts
 * that have nothing to do with it ([SPID-NTF-2]).
 *
 * @throws savedElsewhere when another residence was saved, or an identity changed, at the same time
 */
export async function changeResidence(
  ports: ResidencePorts,
  allowed: { tx: Tx; prover: Prover; presenter: Presenter },
  residence: Residence,
): Promise<void> {
  const { gate, residences, identities } = ports;
  const { tx, prover, presenter } = allowed;
  const now = gate.clock.now();
  if (!(await residences.save(tx, prover.id, residence, now))) throw savedElsewhere();
  const changes = attributesOf(residence);
  for (const identity of await identities.ofAccount(tx, prover.id)) {
    if (identity.state === 'revoked') continue;
    // Of one that was taken over a moment ago: its contract says where its holder lived when it was issued.
    await concludeContract(ports, tx, identity, prover);
    const attributes = { ...identity.attributes, ...changes };
    if (!(await identities.change(tx, identity, { attributes }, now))) throw savedElsewhere();
  }
  await notifyHolder(gate, tx, prover, presenter, { template: 'residence-changed' });
}
