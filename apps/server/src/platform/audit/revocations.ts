import type { Db, Tx } from '../database/database.ts';
import { inTransaction } from '../database/database.ts';
import type { CheckpointLog } from './checkpoint-file.ts';
import type { Details } from './details.ts';

/** What of an audit event says whether something ended by it. */
interface Event {
  type: string;
  accountId: string;
  at: Date;
  details: Details;
}

/** Something that was taken away from an account, or that ended it, as it is kept outside the database. */
export interface Revocation {
  /** Of the audit row: whoever has that row has the revocation too. */
  id: string;
  /** Unix milliseconds. */
  atMs: number;
  type: string;
  accountId: string;
  /** What was taken away, where the type alone does not say: an authenticator, a device, a relying party; words. */
  what: string | null;
}

const PER_TURN = 1_000;

/** Events by which something ends for good, and the details that name it; what ends with a session is not among them. */
const ENDING: ReadonlyMap<string, readonly string[]> = new Map([
  ['reset-completed', []],
  ['account-contained', []],
  ['password-changed', []],
  ['factor-removed', ['authenticator']],
  ['second-factor-recovered', []],
  ['device-removed', ['device']],
  ['device-frozen', ['device']],
  ['device-locked-out', ['device']],
  ['account-suspended', ['cause']],
  ['recovery-codes-issued', []],
  ['consent-revoked', ['clientId']],
  ['identity-revoked', ['identity', 'cause']],
  ['account-closed', []],
  ['operator-removed', []],
  ['operator-roles-changed', ['roles']],
  ['erasure-requested', []],
  // Nothing ends by it; but what was asked for before it must not be done again.
  ['erasure-cancelled', []],
  ['account-erased', ['account']],
]);
/** A one-time code that is good until it is used, however long that takes. */
const SPENT_CODE = { type: 'proof-accepted', method: 'recovery-code' };

/** The revocation that an event is; undefined for the others. */
function revocationOf(id: string, { type, accountId, at, details }: Event): Revocation | undefined {
  const isSpentCode = type === SPENT_CODE.type && details.method === SPENT_CODE.method;
  const named = ENDING.get(type);
  if (named === undefined && !isSpentCode) return undefined;
  const words = (named ?? []).map((name) => String(details[name]));
  const what = words.length > 0 ? words.join(' ') : null;
  return { id, atMs: at.getTime(), type: isSpentCode ? 'recovery-code-spent' : type, accountId, what };
}

/** Notes an event that revokes something, in its own transaction. @param id of its audit row */
export async function noteRevocation(tx: Tx, id: string, event: Event): Promise<void> {
  const revocation = revocationOf(id, event);
  if (!revocation) return;
  await tx
    .insertInto('revocation_pending')
    .values({ id, line: JSON.stringify(revocation) })
    .execute();
}

/**
 * Takes what was noted out of the database, after it was kept elsewhere. A crash in between keeps it twice, which
 * does no harm.
 *
 * @param kept where lines are appended
 */
export async function publishRevocations(db: Db, kept: Pick<CheckpointLog, 'append'>): Promise<void> {
  await inTransaction(db, async (tx) => {
    const rows = await tx
      .selectFrom('revocation_pending')
      .selectAll()
      .orderBy('id')
      .limit(PER_TURN)
      .forUpdate()
      .skipLocked()
      .execute();
    if (rows.length === 0) return;
    await kept.append(rows.map(({ line }) => line).join('\n'));
    const ids = rows.map(({ id }) => id);
    await tx.deleteFrom('revocation_pending').where('id', 'in', ids).execute();
  });
}

/** Reads a line; undefined when it is none, as one that a crash cut off. */
export function readRevocation(line: string): Revocation | undefined {
  try {
    const { id, atMs, type, accountId, what } = JSON.parse(line) as Revocation;
    return typeof id === 'string' && typeof accountId === 'string'
      ? { id, atMs, type, accountId, what }
      : undefined;
  } catch {
    return undefined;
  }
}
