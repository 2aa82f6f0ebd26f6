import { activationContract, DocumentDataRefused, type Provider } from '@sigillo/documents';
import type { Prover } from '../../gate/model.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import { defineProblem } from '../../platform/http/problems.ts';
import type { Identity } from '../identity.ts';
import { contactsOf, documentOf, holderOf } from './holder-data.ts';

/** Contracts as they were made: never made again, never changed. */
export interface ActivationContracts {
  /** The bytes that were kept; undefined when none were made yet. */
  find(tx: Tx, accountId: string, identityId: string): Promise<Uint8Array | undefined>;
  /** Keeps a contract unless there is one; the first that is kept stays. */
  keep(tx: Tx, key: { accountId: string; id: string }, pdf: Uint8Array, at: Date): Promise<void>;
}

export const contractUnavailable = defineProblem(
  'contract-unavailable',
  404,
  'There is no activation contract for this digital identity',
  'One is made for identities of natural persons that were issued, from what was verified then.',
);

export interface ContractPorts {
  contracts: ActivationContracts;
  provider: Provider;
  gate: { clock: Clock };
}

/**
 * Has the contract of an identity made, in the transaction that issues it: the same bytes ever after ([SPID-ENR-8]).
 * Drawing takes some fifty milliseconds, with the account locked: nothing of what it says changes meanwhile. Of one that
 * was issued elsewhere and taken over it is drawn when it is first asked for, or before anything that it says changes:
 * who takes over a million people would draw for half a day.
 *
 * @param prover the identity's account, which the transaction has locked
 * @returns the contract, this one or the one before; undefined where the data do not make one
 */
export async function concludeContract(
  { contracts, provider, gate }: ContractPorts,
  tx: Tx,
  identity: Identity,
  prover: Pick<Prover, 'contacts' | 'language'>,
): Promise<Uint8Array | undefined> {
  const kept = await contracts.find(tx, identity.accountId, identity.id);
  if (kept) return kept;
  const pdf = await makeContract(provider, identity, prover);
  if (pdf) await contracts.keep(tx, identity, pdf, gate.clock.now());
  return pdf && contracts.find(tx, identity.accountId, identity.id);
}

/** What is missing in an account that was imported without it. */
const NOT_GIVEN = '–';

async function makeContract(
  provider: Provider,
  identity: Identity,
  prover: Pick<Prover, 'contacts' | 'language'>,
): Promise<Uint8Array | undefined> {
  const { attributes, spidCode, issuedOn, expiresOn } = identity;
  const [holder, document] = [await holderOf(attributes), documentOf(attributes)];
  if (!holder || !document || !issuedOn || !expiresOn) return undefined;
  try {
    return await activationContract({
      language: prover.language,
      provider,
      holder,
      identity: { spidCode, issuedOn, expiresOn },
      document,
      contacts: { email: NOT_GIVEN, mobilePhone: NOT_GIVEN, ...contactsOf(prover, attributes) },
      concludedOn: issuedOn,
    });
  } catch (error) {
    if (error instanceof DocumentDataRefused) return undefined;
    throw error;
  }
}
