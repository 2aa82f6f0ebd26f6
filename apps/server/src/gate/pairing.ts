import type { Level } from '@sigillo/assurance';
import { newTypedCode, PAIRING_CODE } from '@sigillo/device-protocol';
import type { Tx } from '../platform/database/database.ts';
import { isProblem } from '../platform/http/problems.ts';
import { uuidv7 } from '../platform/ids.ts';
import { pairingGone } from './gate.problems.ts';
import { deviceBindingLevel, type LinkedDevice, linkAgain, linkDevice, type NewDevice } from './linking.ts';
import type { Presenter, Prover, Session } from './model.ts';
import { carryOut, grantCapability, propose, spendCapability } from './operations.ts';
import { sensitivePolicy } from './policies.ts';
import type { Gate } from './ports.ts';
import { secondFactorsOf } from './scene.ts';
import { liveness, sha256 } from './sessions.ts';

/** How long a code to link an app is good ([QR-5]), in seconds. */
const PAIRING_SECONDS = 600;
/** Codes of one account: far more than anybody needs. */
const PAIRINGS = { count: 30, perSeconds: 3600 } as const;
const OPERATION = 'add-device';

/** Drawn in README.md. A waiting one is over by itself when it expires, or its session or its epoch ends. */
export type PairingState = 'waiting' | 'linked' | 'void';

export interface PairingRef {
  accountId: string;
  id: string;
}

/** A code by which one app is linked, shown in a browser that is signed in. */
export interface Pairing extends PairingRef {
  operationId: string;
  /** The session that it was begun in. */
  sessionId: string;
  state: PairingState;
  /** The device that was linked. */
  deviceId: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Each method is one atomic decision, and says whether it was made for this caller. */
export interface PairingStore {
  insert(tx: Tx, pairing: Pairing, secrets: { codeHash: Buffer; capability: string }): Promise<void>;
  find(tx: Tx, ref: PairingRef): Promise<Pairing | undefined>;
  /** The waiting one of a code, with the capability that links the app. */
  findWaiting(
    tx: Tx,
    codeHash: Buffer,
    now: Date,
  ): Promise<{ pairing: Pairing; capability: string } | undefined>;
  /** The one of a code that has linked an app. */
  findLinked(tx: Tx, codeHash: Buffer): Promise<Pairing | undefined>;
  /** Waiting → linked. */
  link(tx: Tx, pairing: Pairing, deviceId: string, now: Date): Promise<boolean>;
  /** Waiting → void. */
  cancel(tx: Tx, ref: PairingRef): Promise<boolean>;
}

export interface PairingPorts {
  gate: Gate;
  pairings: PairingStore;
}

/** What the page that shows the code waits for. */
export const pairingTopic = (id: string): string => `pairing:${id}`;

const hashOf = (code: string): Buffer => sha256(Buffer.from(code));

/**
 * Gives the right to link one app, to whoever comes with the code: an operation that the fresh session approves by
 * itself, and a capability for it. In the transaction that checked the session.
 *
 * @returns the code, which is stored nowhere
 */
export async function startPairing(
  { gate, pairings }: PairingPorts,
  tx: Tx,
  { prover, session, level }: { prover: Prover; session: Session; level: Level },
): Promise<{ pairing: Pairing; code: string }> {
  gate.limits.take(`pairings:${prover.id}`, PAIRINGS);
  const bindingLevel = deviceBindingLevel(gate, prover, level);
  const operation = await propose(gate, tx, {
    subjectId: prover.id,
    initiatorId: prover.id,
    type: OPERATION,
    details: { bindingLevel, session: session.id },
    summary: {},
    policy: sensitivePolicy(gate.settings.freshSeconds, secondFactorsOf(gate, prover).length > 0),
    approvalsNeeded: 0,
    lifetimeSeconds: PAIRING_SECONDS,
  });
  const { id: operationId, expiresAt, createdAt } = operation;
  const grant = { accountId: prover.id, operationId, epoch: prover.epoch, usesLeft: 1, expiresAt };
  const { token: capability } = await grantCapability(gate, tx, grant);
  const pairing: Pairing = {
    accountId: prover.id,
    id: uuidv7(createdAt.getTime()),
    operationId,
    sessionId: session.id,
    state: 'waiting',
    deviceId: null,
    createdAt,
    expiresAt,
  };
  const code = newTypedCode(PAIRING_CODE);
  await pairings.insert(tx, pairing, { codeHash: hashOf(code), capability });
  return { pairing, code };
}

/**
 * Whose account a code would link an app to; changes nothing.
 *
 * @throws pairingGone
 */
export async function lookAtPairing(
  { gate, pairings }: PairingPorts,
  code: string,
): Promise<{ pairing: Pairing; prover: Prover }> {
  return gate.transaction(async (tx) => {
    const found = await pairings.findWaiting(tx, hashOf(code), gate.clock.now());
    const prover = found && (await holderOf(gate, tx, found.pairing));
    if (!prover) throw pairingGone();
    return { pairing: found.pairing, prover };
  });
}

/** The account of a pairing, while the session that it was begun in lives. */
async function holderOf(gate: Gate, tx: Tx, { accountId, sessionId }: Pairing): Promise<Prover | undefined> {
  const live = await gate.sessions.lockLive(tx, { accountId, id: sessionId }, liveness(gate));
  return live && gate.accounts.load(tx, accountId);
}

/**
 * Links the app that comes with the code, for one caller of many: the code, the capability and the operation are
 * spent and the device stored in one transaction. The same app may come again when it never got the answer.
 *
 * @throws pairingGone for everybody else; tooManyDevices, which spends nothing
 */
export async function linkByPairing(
  ports: PairingPorts,
  code: string,
  presenter: Presenter,
  wanted: NewDevice,
): Promise<LinkedDevice & { prover: Prover }> {
  try {
    const spent = await ports.gate.transaction((tx) => spend(ports, tx, code, presenter, wanted));
    ports.gate.events.wake(pairingTopic(spent.pairing.id));
    return spent;
  } catch (error) {
    // The operation may have been carried out, or have expired, in the moment before.
    const isOver = isProblem(error, 'pairing-gone') || isProblem(error, 'operation-gone');
    if (!isOver) throw error;
    return again(ports, code, presenter, wanted);
  }
}

async function spend(
  { gate, pairings }: PairingPorts,
  tx: Tx,
  code: string,
  presenter: Presenter,
  wanted: NewDevice,
): Promise<LinkedDevice & { prover: Prover; pairing: Pairing }> {
  const now = gate.clock.now();
  const found = await pairings.findWaiting(tx, hashOf(code), now);
  if (!found) throw pairingGone();
  const { pairing, capability } = found;
  await gate.accounts.lock(tx, pairing.accountId);
  const prover = await holderOf(gate, tx, pairing);
  if (!prover || !(await spendCapability(gate, tx, capability))) throw pairingGone();
  const key = { subjectId: prover.id, id: pairing.operationId };
  const linked = await carryOut(gate, tx, key, ({ details }) => {
    const bindingLevel = details.bindingLevel as Level;
    const device = { ...wanted, bindingLevel, keptSession: pairing.sessionId };
    return linkDevice(gate, tx, prover, presenter, device);
  });
  if (!(await pairings.link(tx, pairing, linked.device.id, now))) throw pairingGone();
  return { ...linked, prover, pairing };
}

/** The app that this code has linked, when it comes again since it never got the answer. */
async function again(
  { gate, pairings }: PairingPorts,
  code: string,
  presenter: Presenter,
  wanted: NewDevice,
): Promise<LinkedDevice & { prover: Prover }> {
  const linked = await gate.transaction((tx) => pairings.findLinked(tx, hashOf(code)));
  const lost = linked && (await linkAgain(gate, linked.accountId, presenter, wanted));
  if (!lost) throw pairingGone();
  return lost;
}
