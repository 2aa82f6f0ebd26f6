import packageJson from '../../../package.json' with { type: 'json' };
import type { QueueWatch } from '../../factors/password/bounded-queue.ts';
import { AuditForgotten } from '../../platform/audit/sealer.ts';
import { NOT_READY, type NotReady } from '../../platform/http/health.ts';
import type { Around } from '../../platform/jobs/jobs.ts';
import { type HttpWatch, httpMetrics } from '../../platform/metrics/http-metrics.ts';
import { watchJobs } from '../../platform/metrics/job-metrics.ts';
import type { Metrics } from '../../platform/metrics/metrics.ts';
import { processMetrics } from '../../platform/metrics/process-metrics.ts';
import type { Platform } from '../platform.ts';

/** What the parts of a node tell those who watch it. */
export interface NodeWatch {
  http: HttpWatch;
  around: Around;
  /** Somebody was asked to wait. @param limit by which rule */
  limited(limit: string): void;
  hashing: QueueWatch;
  /** Tells whoever reads whether the node is ready. */
  readiness(why: () => Promise<NotReady | undefined>): void;
  /** Follows the sealing of the audit. */
  sealing(seal: () => Promise<void>): () => Promise<void>;
}

const MOST_LIMITS = 100;
const WAIT_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Declares what a node tells of itself. */
export function watchNode({
  metrics,
  clock,
  tracing,
}: Pick<Platform, 'metrics' | 'clock' | 'tracing'>): NodeWatch {
  processMetrics(metrics, packageJson.version);
  const limited = metrics.counter({
    name: 'sigillo_limited_total',
    help: 'Tries that were refused since there were too many, by the rule that counts them.',
    labels: { limit: MOST_LIMITS },
  });
  return {
    http: httpMetrics(metrics),
    around: watchJobs(metrics, clock, tracing),
    limited: (limit) => limited({ limit }),
    hashing: hashingMetrics(metrics),
    readiness: readinessMetrics(metrics),
    sealing: sealingMetrics(metrics),
  };
}

function hashingMetrics(metrics: Metrics): QueueWatch {
  const queue = metrics.gauge({
    name: 'sigillo_password_hashes',
    help: 'Password hashes that are computed on this node, and that wait for their turn.',
    labels: { state: ['running', 'waiting'] },
  });
  const waited = metrics.histogram(
    {
      name: 'sigillo_password_hash_wait_seconds',
      help: 'How long hashes waited for their turn.',
      labels: {},
    },
    WAIT_SECONDS,
  );
  return {
    changed: (running, waiting) => {
      queue.set({ state: 'running' }, running);
      queue.set({ state: 'waiting' }, waiting);
    },
    waited: (ms) => waited({}, ms / 1_000),
  };
}

function readinessMetrics(metrics: Metrics): NodeWatch['readiness'] {
  const notReady = metrics.gauge({
    name: 'sigillo_not_ready',
    help: 'Why /readyz of this node answers 503 now; nowhere 1 when it is ready.',
    labels: { reason: NOT_READY },
  });
  const tell = (reason: NotReady | undefined) => {
    for (const one of NOT_READY) notReady.set({ reason: one }, one === reason ? 1 : 0);
  };
  return (why) =>
    metrics.atRead([notReady], async () => {
      tell('database'); // until it has answered
      tell(await why());
    });
}

function sealingMetrics(metrics: Metrics): NodeWatch['sealing'] {
  const broken = metrics.gauge({
    name: 'sigillo_audit_chain_broken',
    help: 'Whether the database lacks a block of the audit that this node has published.',
    labels: {},
  });
  broken.set({}, 0);
  return (seal) => async () => {
    try {
      await seal();
      broken.set({}, 0);
    } catch (error) {
      if (error instanceof AuditForgotten) broken.set({}, 1);
      throw error;
    }
  };
}
