import { noTracing } from '../tracing/tracing.ts';
import { openMetrics } from './metrics.ts';

/** What a platform made by hand for a test has for whoever would watch it. */
export const unwatched = () => ({
  metrics: openMetrics(),
  tracing: noTracing,
  pool: () => ({ total: 0, idle: 0, waiting: 0 }),
});
