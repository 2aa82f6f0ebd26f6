import { evidenceKeptUntil, romeDayOf } from '@sigillo/identity';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { KeptEvidence } from './evidence.ts';
import { type LiveEvidencePorts, liveEvidence, openLiveEvidence } from './live-evidence.ts';

export interface RetainPorts extends LiveEvidencePorts {
  kept: Pick<KeptEvidence, 'keep'>;
  clock: Clock;
}

/** By which law evidence outlives its account; docs/operations/privacy.md says them in words. */
const GROUNDS = { evidence: 'spid-records', 'access-log': 'spid-log' } as const;
/** How long accesses with an identity are kept, after its account was erased. */
const ACCESS_LOG_MONTHS = 24;

/** A ground, and the last day on which something is kept for it. */
export interface Retention {
  kind: 'identity' | 'access-log';
  ground: string;
  until: string;
}

/** What of an account would outlive it if it were erased now: nothing of who never held an identity. */
export async function retentionOf(
  ports: LiveEvidencePorts & Pick<RetainPorts, 'clock'>,
  tx: Tx,
  accountId: string,
): Promise<Retention[]> {
  const now = ports.clock.now();
  const items = await liveEvidence(ports, tx, accountId);
  if (items.length === 0) return [];
  const days = items.map(({ endsOn }) => endsOn ?? keptFrom(now)).sort();
  return [
    { kind: 'identity', ground: GROUNDS.evidence, until: days.at(-1) ?? keptFrom(now) },
    { kind: 'access-log', ground: GROUNDS['access-log'], until: monthsAfter(now, ACCESS_LOG_MONTHS) },
  ];
}

const keptFrom = (at: Date): string => evidenceKeptUntil(romeDayOf(at.getTime()), { wasIssued: true });

/**
 * Copies what must outlive an account to where nothing but an auditor with a reason reaches it; the account itself is
 * erased afterwards, in the same transaction.
 *
 * @param accesses of the account, as its holder is given them
 * @returns on which grounds, and until when; nothing of who never held an identity
 */
export async function retainEvidence(
  ports: RetainPorts,
  tx: Tx,
  accountId: string,
  accesses: () => Promise<unknown>,
): Promise<Retention[]> {
  const { kept, clock } = ports;
  const at = clock.now();
  const retention = await retentionOf(ports, tx, accountId);
  if (retention.length === 0) return [];
  for (const { ref } of await liveEvidence(ports, tx, accountId)) {
    // One after another: pictures are large.
    const one = await openLiveEvidence(ports, tx, accountId, ref);
    if (!one) throw new Error('what has to be kept cannot be read');
    const endsOn = one.endsOn ?? keptFrom(at);
    await kept.keep(tx, accountId, { ...one, endsOn, ground: GROUNDS.evidence }, at);
  }
  const log = {
    identityId: null,
    kind: 'access-log' as const,
    name: 'accesses',
    mediaType: 'application/json' as const,
    content: Buffer.from(JSON.stringify(await accesses())),
    endsOn: monthsAfter(at, ACCESS_LOG_MONTHS),
    ground: GROUNDS['access-log'],
  };
  await kept.keep(tx, accountId, log, at);
  return retention;
}

/** The day so many months after, `YYYY-MM-DD`; the last of the month where that month is shorter. */
function monthsAfter(from: Date, months: number): string {
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
