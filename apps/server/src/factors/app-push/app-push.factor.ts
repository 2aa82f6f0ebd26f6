import { MATCHING_DIGITS, thumbprint } from '@sigillo/device-protocol';
import { type AnswerPorts, readApproval } from '../../gate/app-answer.ts';
import { tellApps, wakeApps } from '../../gate/apps.ts';
import { UNGUESSABLE } from '../../gate/attempts.ts';
import type { Device } from '../../gate/devices.ts';
import {
  type Factor,
  type JudgeContext,
  type Judgement,
  refused,
  type StartContext,
} from '../../gate/factor.ts';
import { methodUnavailable } from '../../gate/gate.problems.ts';
import type { AppQuestion, Ceremony, Challenge, Prover } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { sha256 } from '../../gate/sessions.ts';
import type { Tx } from '../../platform/database/database.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';
import { notUnlocked, pushWithheld } from './app-push.problems.ts';
import { PUSH_HISTORY_MS, pushWaitMs } from './push-allowance.ts';

/** How long a push may be answered ([PUSH-2]). */
const PUSH_SECONDS = 120;

/** The name under which pushes are muted. */
export const MUTED_PUSHES = 'app-push-mute';

export interface AppPushPorts extends AnswerPorts {
  gate: Gate;
  /** Three digits and one try, or, by the installation's setting, six and three ([PUSH-1]). */
  numbers: keyof typeof MATCHING_DIGITS;
  /** What is asked in a ceremony. */
  question(context: StartContext & { ceremony: Ceremony }): Promise<AppQuestion>;
}

/** What a device answers: its approval, as it was received. */
export interface AppAnswer {
  device: Device;
  approval: string;
}

/**
 * A request that the account's apps show: its holder types the number from the page that asks, and the app signs
 * ([PUSH-1], [PUSH-3]). All apps are asked, and the first answer wins. Only after the first factor.
 */
export function appPushFactor(ports: AppPushPorts): Factor {
  return {
    method: 'app-push',
    lock: UNGUESSABLE,
    countedPer: 'account',
    answeredBy: 'device',
    sends: {
      lifetimeSeconds: PUSH_SECONDS,
      limitsItself: true,
      tries: ports.numbers === 'strict' ? 3 : 1,
      shown: (challenge) => ({ number: numberOf(ports, challenge) }),
      start: (context) => start(ports, context),
    },
    judge: (context) => judge(ports, context),
  };
}

async function start(ports: AppPushPorts, context: StartContext) {
  const { challenge, prover, ceremony } = context;
  if (!ceremony) throw new Error('nobody is asked before the account is known');
  const question = await ports.question({ ...context, ceremony });
  const number = numberOf(ports, challenge);
  return {
    secretHash: null,
    reveal: { number },
    question,
    send: (tx: Tx) => send(ports, tx, { challenge, prover, ceremony }),
    afterwards: () => wakeApps(ports.gate, prover.id),
  };
}

/** Derived, so that a page that was loaded again shows the same one: nobody knows it without the server's key. */
function numberOf({ gate, numbers }: AppPushPorts, { id }: Challenge): string {
  const digits = MATCHING_DIGITS[numbers];
  // 2¹²⁸ is so much larger than 10⁶ that no number is likelier than another by more than 2⁻¹⁰⁸.
  const value = BigInt(`0x${gate.keyring.mac('push-number', id).subarray(0, 16).toString('hex')}`);
  return (value % 10n ** BigInt(digits)).toString().padStart(digits, '0');
}

/**
 * Within what may be sent to one account ([PUSH-2]), counted while it is locked, so that many at once get no more;
 * what was asked before is void, and every linked device may answer.
 *
 * @throws pushWithheld; methodUnavailable when every device has been stopped
 */
async function send(
  ports: AppPushPorts,
  tx: Tx,
  { challenge, prover, ceremony }: { challenge: Challenge; prover: Prover; ceremony: Ceremony },
): Promise<void> {
  const { gate } = ports;
  await gate.accounts.lock(tx, prover.id);
  await withhold(gate, tx, challenge);
  await gate.challenges.voidQuestionsBut(tx, challenge);
  const devices = (await gate.devices.list(tx, prover.id)).filter((one) => one.state === 'active');
  if (devices.length === 0) throw methodUnavailable();
  for (const device of devices) {
    const bindingHash = sha256(Buffer.from(await thumbprint(device.deviceKey)));
    await gate.ceremonies.addParty(tx, ceremony, { role: `device:${device.id}`, bindingHash });
  }
  await tellApps(gate, tx, prover.id, 'look', PUSH_SECONDS);
}

/** @throws pushWithheld */
async function withhold(gate: Gate, tx: Tx, { id, proverId, createdAt }: Challenge): Promise<void> {
  const nowMs = createdAt.getTime();
  const mutedUntil = await gate.attempts.pausedUntil(tx, proverId, MUTED_PUSHES);
  const history = await gate.challenges.askedSince(tx, proverId, new Date(nowMs - PUSH_HISTORY_MS));
  const before = history.filter((one) => one.id !== id);
  const waitMs = Math.max(pushWaitMs(before, nowMs), (mutedUntil?.getTime() ?? 0) - nowMs);
  if (waitMs > 0) throw pushWithheld({ retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

/** @throws notUnlocked when the app was not unlocked since another copy of it was */
async function judge(ports: AppPushPorts, context: JudgeContext): Promise<Judgement> {
  const { challenge, prover, response } = context;
  const answer = response.credential as AppAnswer | undefined;
  if (!challenge.question || !answer) return refused;
  const asked = { id: challenge.id, accountId: prover.id, question: challenge.question };
  const approval = await readApproval(ports, asked, answer.approval, answer.device.approvalKey);
  if (!approval) return refused;
  if (approval.generation !== answer.device.generation) throw notUnlocked();
  if (!constantTimeEqual(approval.number ?? '', numberOf(ports, challenge))) return refused;
  return { accepted: true, levelCap: answer.device.bindingLevel, by: answer.device.id };
}
