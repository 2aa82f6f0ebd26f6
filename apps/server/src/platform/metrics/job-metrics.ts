import type { Clock } from '../clock/clock.ts';
import type { Around } from '../jobs/jobs.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { Metrics } from './metrics.ts';

const MOST_JOBS = 50;
/** What is repeated more often would fill every page of traces with nothing. */
const TRACED_FROM_MS = 5_000;

/** When each job of this node last did its work, how often it failed, and, of the slower ones, a trace. */
export function watchJobs(metrics: Metrics, clock: Pick<Clock, 'nowMs'>, tracing: Tracing): Around {
  const succeeded = metrics.gauge({
    name: 'sigillo_job_last_success_timestamp_seconds',
    help: 'When a job of this node last ended well.',
    labels: { job: MOST_JOBS },
  });
  const interval = metrics.gauge({
    name: 'sigillo_job_interval_seconds',
    help: 'How long a job of this node pauses after each run.',
    labels: { job: MOST_JOBS },
  });
  const failed = metrics.counter({
    name: 'sigillo_job_failures_total',
    help: 'Runs of a job of this node that failed.',
    labels: { job: MOST_JOBS },
  });
  return async (job, ms, work) => {
    interval.set({ job }, ms / 1_000);
    try {
      await (ms < TRACED_FROM_MS ? work() : tracing.span(`job ${job}`, {}, work));
      succeeded.set({ job }, clock.nowMs() / 1_000);
    } catch (error) {
      failed({ job });
      throw error;
    }
  };
}
