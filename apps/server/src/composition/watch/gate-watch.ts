import { METHODS } from '@sigillo/assurance';
import type { Factor } from '../../gate/factor.ts';
import type { Gate } from '../../gate/ports.ts';
import { type AuditEvent, writeAudit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Metrics } from '../../platform/metrics/metrics.ts';
import type { Platform } from '../platform.ts';

type Watched = Pick<Gate, 'transaction' | 'audit'> & { factor(factor: Factor): Factor };

/** Kinds of events, and sets of methods that were proven together: more than there are. */
const MOST_EVENTS = 200;
const MOST_SETS = 60;
/** Events that end a ceremony with something gained. */
const ADMISSIONS = ['signed-in', 'confirmed', 'asserted', 'app-linked', 'capability-granted'];

/**
 * Counts and traces what the gate does, by what it puts on record: whatever matters is, and so no operation is
 * forgotten here. Counted is what was committed.
 */
export function watchGate(
  platform: Pick<Platform, 'metrics' | 'tracing' | 'transaction' | 'keyring'>,
): Watched {
  const { metrics, tracing, keyring } = platform;
  const count = eventCounter(metrics);
  const uncommitted = new WeakMap<Tx, AuditEvent[]>();
  return {
    audit: async (tx, event, as) => {
      await writeAudit(tx, keyring, event, as);
      const events = uncommitted.get(tx);
      if (events) events.push(event);
      else count(event); // in a transaction of somebody else's
    },
    transaction: (work) =>
      tracing.span('gate.transaction', {}, async () => {
        let events: AuditEvent[] = [];
        const result = await platform.transaction((tx) => {
          events = []; // those of an attempt that was undone never happened
          uncommitted.set(tx, events);
          return work(tx);
        });
        for (const event of events) count(event);
        if (events.length > 0) tracing.note({ 'sigillo.events': events.map(({ type }) => type).join(' ') });
        return result;
      }),
    factor: (factor) => ({
      ...factor,
      judge: (context) =>
        tracing.span('gate.judge', { 'sigillo.factor': factor.method }, () => factor.judge(context)),
    }),
  };
}

function eventCounter(metrics: Metrics): (event: AuditEvent) => void {
  const countEvent = metrics.counter({
    name: 'sigillo_events_total',
    help: 'What was put on record in the audit, by its type.',
    labels: { event: MOST_EVENTS },
  });
  const countProof = metrics.counter({
    name: 'sigillo_proofs_total',
    help: 'Answers that were judged, by factor.',
    labels: { factor: Object.keys(METHODS), outcome: ['accepted', 'refused'] },
  });
  const countAdmission = metrics.counter({
    name: 'sigillo_sign_ins_total',
    help: 'Ceremonies that ended well, by what they led to, the level and what was proven (amr).',
    labels: { outcome: ADMISSIONS, level: ['1', '2', '3'], factors: MOST_SETS },
  });
  return ({ type, details }) => {
    const { method, level, amr } = details as Record<string, unknown>;
    countEvent({ event: type });
    if (type === 'proof-accepted') countProof({ factor: String(method), outcome: 'accepted' });
    if (type === 'proof-refused') countProof({ factor: String(method), outcome: 'refused' });
    if (ADMISSIONS.includes(type))
      countAdmission({ outcome: type, level: String(level), factors: String(amr) });
  };
}
