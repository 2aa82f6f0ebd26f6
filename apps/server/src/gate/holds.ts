import { type Actor, mayLift, maySuspend } from '@sigillo/identity';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import { DAY_MS } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import { tellApps, wakeApps } from './apps.ts';
import type { Hold, HoldCause, NewHold } from './hold.ts';
import { noticeSuspended } from './hold-notices.ts';
import type { Gate } from './ports.ts';

/** The longest that a suspension may last that its holder asked for (decree of 24 October 2014, article 9). */
export const LONGEST_HOLD_DAYS = 30;

/** How long there is a point in taking away what an app shows, in seconds. */
const WITHDRAWN_SECONDS = 120;

/** What a suspension ended. */
export interface Suspended {
  hold: Hold;
  ended: { sessions: number; apps: number; identities: number };
}

/**
 * Suspends an account and every identity that it holds, in the caller's transaction: from its commit on, no session,
 * token, approval or signature of it goes on, on any node. What waits is woken by `announceHold`, after the commit.
 *
 * @param client from where it was asked for; left out where nobody was
 * @returns undefined when the account rests for this cause already, or was closed
 * @throws RangeError when this actor may not suspend for this cause, or not for so long
 */
export async function suspendAccount(
  gate: Gate,
  tx: Tx,
  wanted: NewHold,
  client?: ClientInfo,
): Promise<Suspended | undefined> {
  const hold = holdOf(gate, wanted);
  const { accountId } = hold;
  await gate.accounts.lock(tx, accountId);
  const account = await gate.accounts.findHolder(tx, accountId);
  if (!account || account.status === 'closed' || !(await gate.holds.insert(tx, hold))) return undefined;
  await gate.accounts.setStanding(tx, accountId, 'suspended');
  const sessions = await gate.sessions.endAll(tx, accountId, null, gate.clock.now());
  await tellApps(gate, tx, accountId, 'withdrawn', WITHDRAWN_SECONDS);
  const apps = await stopApps(gate, tx, hold);
  const identities = await gate.holdings.suspend(tx, accountId, hold);
  const ended = { sessions, apps, identities };
  const { cause, until, reason } = hold;
  const prover = await gate.accounts.load(tx, accountId);
  if (prover) await noticeSuspended(gate, tx, prover, hold, client);
  const details = { cause, until: until?.toISOString() ?? null, reason, ...ended };
  await record(gate, tx, 'account-suspended', accountId, wanted.by, client, details);
  return { hold, ended };
}

function holdOf(gate: Gate, { accountId, cause, by, days, reason = undefined }: NewHold): Hold {
  if (!maySuspend(cause, by)) throw new RangeError(`${by} may not suspend for ${cause}`);
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > LONGEST_HOLD_DAYS))
    throw new RangeError(`A suspension lasts 1 to ${LONGEST_HOLD_DAYS} days, not ${days}`);
  const since = gate.clock.now();
  const until = days === null ? null : new Date(since.getTime() + days * DAY_MS);
  const dueAt = mayLift(cause, 'platform') ? until : null;
  return { accountId, cause, since, until, dueAt, setBy: by, reason: reason ?? null };
}

/** A telephone that is lost is in somebody's hands: the apps stop for good and are linked again afterwards. */
async function stopApps(gate: Gate, tx: Tx, { accountId, cause }: Hold): Promise<number> {
  const devices = await gate.devices.list(tx, accountId);
  const active = devices.filter(({ state }) => state === 'active');
  if (cause === 'lost-credential') for (const one of active) await gate.devices.freeze(tx, one);
  return active.length;
}

/** Has everything that is open for an account look that it rests, on any node. Called after the commit. */
export const announceHold = (gate: Pick<Gate, 'events'>, accountId: string): void =>
  wakeApps(gate, accountId);

/** What was lifted, and whether the account is active again. */
export interface Lifted {
  causes: HoldCause[];
  isActive: boolean;
  identities: number;
}

/**
 * Ends holds of an account, in the caller's transaction. It is active again when none is left, with a new epoch.
 *
 * @param wanted.causes those that are to end; of several callers at once, one ends each
 * @throws RangeError when this actor may not lift one of them
 */
export async function liftHolds(
  gate: Gate,
  tx: Tx,
  wanted: { accountId: string; causes: readonly HoldCause[]; by: Actor },
  client?: ClientInfo,
): Promise<Lifted> {
  const { accountId, by } = wanted;
  await gate.accounts.lock(tx, accountId);
  const causes: HoldCause[] = [];
  let identities = 0;
  for (const cause of wanted.causes) {
    if (!mayLift(cause, by)) throw new RangeError(`${by} may not lift ${cause}`);
    if (!(await gate.holds.remove(tx, { accountId, cause }))) continue;
    identities += await gate.holdings.lift(tx, accountId, cause, by);
    causes.push(cause);
  }
  const left = await gate.holds.list(tx, accountId);
  if (causes.length === 0) return { causes, isActive: left.length === 0, identities };
  const isActive = left.length === 0 && (await gate.accounts.setStanding(tx, accountId, 'active'));
  const details = { causes: causes.join(' '), isActive, identities };
  await record(gate, tx, 'suspension-lifted', accountId, by, client, details);
  return { causes, isActive, identities };
}

const RECORDED_AS: Record<Actor, 'holder' | 'operator' | 'system'> = {
  holder: 'holder',
  'emergency-link': 'system',
  operator: 'operator',
  'two-operators': 'operator',
  platform: 'system',
  import: 'operator',
};

function record(
  gate: Gate,
  tx: Tx,
  type: AuditEventType,
  accountId: string,
  by: Actor,
  client: ClientInfo | undefined,
  details: Record<string, string | number | boolean | null>,
): Promise<void> {
  return gate.audit(tx, {
    type,
    accountId,
    actor: RECORDED_AS[by],
    at: gate.clock.now(),
    ...(client && { client }),
    details: { ...details, by },
  });
}
