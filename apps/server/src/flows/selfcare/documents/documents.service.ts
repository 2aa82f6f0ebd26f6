import { createHash } from 'node:crypto';
import { revocationForm } from '@sigillo/documents';
import { romeDayOf } from '@sigillo/identity';
import { signInNeeded } from '../../../gate/gate.problems.ts';
import type { Prover } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import {
  type ContractPorts,
  concludeContract,
  contractUnavailable,
} from '../../../identities/documents/activation-contract.ts';
import { contactsOf, documentOf, holderOf } from '../../../identities/documents/holder-data.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import { identityGone } from '../../../identities/identities.problems.ts';
import type { Identity } from '../../../identities/identity.ts';
import type { AuditEventType } from '../../../platform/audit/event-types.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';

export interface DocumentPorts extends ContractPorts {
  gate: Gate;
  identities: Pick<Identities, 'find'>;
}

interface Key {
  accountId: string;
  id: string;
}

/** A file to keep. */
interface Download {
  /** Without its ending. */
  name: string;
  bytes: Uint8Array;
}

/**
 * The contract that activated an identity; on record is who took it, and which bytes.
 *
 * @throws identityGone, contractUnavailable
 */
export async function downloadContract(
  ports: DocumentPorts,
  key: Key,
  client: ClientInfo,
): Promise<Download> {
  const { identity } = await loadOwn(ports, key);
  const kept = await ports.gate.single((tx) => ports.contracts.find(tx, key.accountId, key.id));
  const bytes = kept ?? (await contractOfTakenOver(ports, key));
  if (!bytes) throw contractUnavailable();
  await record(ports, 'contract-downloaded', key, bytes, client);
  return { name: `contract-${identity.spidCode}`, bytes };
}

/** Of an identity that was issued elsewhere: drawn now, by one of those who ask. */
function contractOfTakenOver(ports: DocumentPorts, key: Key): Promise<Uint8Array | undefined> {
  return ports.gate.transaction(async (tx) => {
    await ports.gate.accounts.lock(tx, key.accountId);
    const { identity, prover } = await ownIn(ports, tx, key);
    return concludeContract(ports, tx, identity, prover);
  });
}

/**
 * The form by which its holder asks for the revocation of an identity: nothing is asked for before it is signed and
 * sent ([SPID-IDL-10]).
 *
 * @throws identityGone
 */
export async function downloadRevocationForm(
  ports: DocumentPorts,
  key: Key,
  client: ClientInfo,
): Promise<Download> {
  const { identity, prover } = await loadOwn(ports, key);
  const { attributes, spidCode } = identity;
  const [holder, document] = [await holderOf(attributes), documentOf(attributes)];
  const bytes = await revocationForm({
    language: prover.language,
    provider: ports.provider,
    madeOn: romeDayOf(ports.gate.clock.nowMs()),
    spidCode,
    contacts: contactsOf(prover, attributes),
    ...(holder && { holder }),
    ...(document && { document }),
  });
  await record(ports, 'revocation-form-downloaded', key, bytes, client);
  return { name: `revocation-${spidCode}`, bytes };
}

type Own = { identity: Identity; prover: Prover };

const loadOwn = (ports: DocumentPorts, key: Key): Promise<Own> =>
  ports.gate.transaction((tx) => ownIn(ports, tx, key));

async function ownIn({ gate, identities }: DocumentPorts, tx: Tx, { accountId, id }: Key): Promise<Own> {
  const prover = await gate.accounts.load(tx, accountId);
  if (!prover) throw signInNeeded();
  const identity = await identities.find(tx, accountId, id);
  if (!identity) throw identityGone();
  return { identity, prover };
}

function record(
  { gate }: DocumentPorts,
  type: AuditEventType,
  { accountId, id }: Key,
  bytes: Uint8Array,
  client: ClientInfo,
): Promise<void> {
  const details = { identity: id, sha256: createHash('sha256').update(bytes).digest('hex') };
  const at = gate.clock.now();
  return gate.transaction((tx) => gate.audit(tx, { type, accountId, actor: 'holder', at, client, details }));
}
