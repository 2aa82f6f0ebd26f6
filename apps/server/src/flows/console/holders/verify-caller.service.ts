import { beginCeremony, openCeremony } from '../../../gate/begin.ts';
import { challenge } from '../../../gate/challenge.ts';
import { handleOf, readHandle } from '../../../gate/handle.ts';
import type { Ceremony, ChallengeState, Presenter, Prover } from '../../../gate/model.ts';
import type { Operation } from '../../../gate/operation.ts';
import { approve, propose } from '../../../gate/operations.ts';
import { approvalPolicy, CALLER_VERIFICATION } from '../../../gate/policies.ts';
import { verdictOf } from '../../../gate/scene.ts';
import { sha256 } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { isProblem } from '../../../platform/http/problems.ts';
import type { Acting, HolderFile } from './holders.ports.ts';
import { fileClosed, noAppToAsk } from './holders.problems.ts';
import { type FilePorts, openedFile } from './search-holders.service.ts';

/** How long a question stands, and what came of it counts. */
const VALID_SECONDS = 5 * 60;

/**
 * `not-me`: the holder says that nobody is on the telephone with us. `wrong-number`: somebody has the app and did not
 * hear the number.
 */
export type CallerState = 'waiting' | 'confirmed' | 'refused' | 'not-me' | 'wrong-number' | 'over';

/** The ceremony's party: this file on this operator's desk, and no browser, so that no page of a holder can go on with it. */
function deskOf({ gate }: FilePorts, { presenter }: Acting, file: HolderFile): Presenter {
  const secret = gate.keyring.mac('caller-verification', file.operatorId, file.id);
  return { kind: 'link', bindingHash: sha256(secret), client: presenter.client, recognisedHash: null };
}

/**
 * Asks the holder's app whether its owner is on the telephone with this operator, who reads a number out. The answer
 * opens nothing: it says who is calling, for the minutes of the call.
 *
 * @returns the number to read out, and the id under which the answer is read
 * @throws fileClosed, noAppToAsk, pushWithheld
 */
export async function askCaller(
  ports: FilePorts,
  acting: Acting & { operatorName: string },
  fileId: string,
): Promise<{ id: string; number: string; expiresAt: string }> {
  const { gate } = ports;
  const { file, holder } = await gate.single((tx) => openedFile(ports, tx, acting, fileId));
  const app = holder.authenticators.find((one) => one.method === 'app-push');
  if (!app || holder.status !== 'active' || !gate.factors.has('app-push')) throw noAppToAsk();
  const operation = await gate.transaction((tx) => proposeCheck(ports, tx, acting, file));
  const { digest, policy, id: operationId } = operation;
  const context = { clientId: null, interaction: null, operationDigest: digest };
  const desk = deskOf(ports, acting, file);
  const beginning = { prover: holder, purpose: CALLER_VERIFICATION, policy, context, operationId };
  const scene = await beginCeremony(gate, beginning, desk);
  const asked = await challenge(gate, scene, askOf(app.id), desk);
  return {
    id: handleOf({ proverId: operationId, id: scene.ceremony.id }),
    number: asked.reveal?.number ?? '',
    expiresAt: asked.expiresAt.toISOString(),
  };
}

const askOf = (appId: string) => ({ slot: 'second', method: 'app-push', target: appId });

async function proposeCheck(
  { gate }: FilePorts,
  tx: Tx,
  { operatorId, operatorName, presenter }: Acting & { operatorName: string },
  { accountId, id }: HolderFile,
): Promise<Operation> {
  await gate.audit(tx, {
    type: 'caller-asked',
    accountId,
    actor: 'operator',
    at: gate.clock.now(),
    client: presenter.client,
    details: { operator: operatorId, file: id },
  });
  return propose(gate, tx, {
    subjectId: accountId,
    initiatorId: operatorId,
    type: CALLER_VERIFICATION,
    details: { operator: operatorId, file: id },
    summary: { operator: operatorName },
    policy: approvalPolicy(VALID_SECONDS),
    approvalsNeeded: 1,
    lifetimeSeconds: VALID_SECONDS,
  });
}

/**
 * What came of asking. Whoever says that it was not them has the file put away from every desk.
 *
 * @throws fileClosed
 */
export async function readCallerAnswer(
  ports: FilePorts,
  acting: Acting,
  named: { file: string; check: string },
): Promise<CallerState> {
  const { gate } = ports;
  const key = readHandle(named.check);
  const { file, holder } = await gate.single((tx) => openedFile(ports, tx, acting, named.file));
  const operation =
    key && (await gate.single((tx) => gate.operations.find(tx, { subjectId: holder.id, id: key.proverId })));
  if (!operation || operation.type !== CALLER_VERIFICATION || operation.details.file !== file.id)
    throw fileClosed();
  const state = await stateOf(ports, acting, { file, holder, operation, ceremonyId: key.id });
  if (state === 'not-me')
    await gate.transaction((tx) => ports.files.closeAll(tx, holder.id, gate.clock.now()));
  return state;
}

/** Whether the app has confirmed, in this file and within the last minutes, that its owner is on the telephone. */
export async function isCallerConfirmed(
  { gate }: FilePorts,
  tx: Tx,
  file: HolderFile,
  check: string,
): Promise<boolean> {
  const key = readHandle(check);
  const operation = key && (await gate.operations.find(tx, { subjectId: file.accountId, id: key.proverId }));
  if (operation?.type !== CALLER_VERIFICATION || operation.details.file !== file.id) return false;
  return operation.state === 'approved' && operation.expiresAt > gate.clock.now();
}

interface Check {
  file: HolderFile;
  holder: Prover;
  operation: Operation;
  ceremonyId: string;
}

async function stateOf(ports: FilePorts, acting: Acting, check: Check): Promise<CallerState> {
  const { gate } = ports;
  const { operation, holder, ceremonyId } = check;
  if (operation.expiresAt <= gate.clock.now()) return 'over';
  if (operation.state === 'approved') return 'confirmed';
  const key: Pick<Ceremony, 'proverId' | 'id' | 'createdAt'> = {
    proverId: holder.id,
    id: ceremonyId,
    createdAt: operation.createdAt,
  };
  const isOpen = await settleAnswer(ports, acting, check);
  if (isOpen === 'confirmed') return 'confirmed';
  const asked = await gate.single((tx) => gate.challenges.newest(tx, key, gate.clock.now()));
  return afterChallenge(asked?.state, asked?.isOpen ?? false, isOpen === 'open');
}

function afterChallenge(
  state: ChallengeState | undefined,
  isAnswerable: boolean,
  isCeremonyOpen: boolean,
): CallerState {
  if (state === 'refused') return isCeremonyOpen ? 'refused' : 'not-me';
  if (state === 'exhausted') return 'wrong-number';
  if (state === 'proven') return 'confirmed';
  return isAnswerable ? 'waiting' : 'over';
}

/** Records an answer that has come, once, whoever looks first. */
async function settleAnswer(
  ports: FilePorts,
  acting: Acting,
  { file, holder, ceremonyId }: Check,
): Promise<'confirmed' | 'open' | 'gone'> {
  const { gate } = ports;
  const desk = deskOf(ports, acting, file);
  try {
    const scene = await openCeremony(gate, handleOf({ proverId: holder.id, id: ceremonyId }), desk);
    if (!verdictOf(gate, scene).satisfied) return 'open';
    await gate.transaction((tx) => approve(gate, tx, scene, desk));
    return 'confirmed';
  } catch (error) {
    if (isProblem(error, 'ceremony-gone') || isProblem(error, 'operation-gone')) return 'gone';
    throw error;
  }
}
