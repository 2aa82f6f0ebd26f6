import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

const SAMPLE_MS = 20;
const NS_PER_SECOND = 1e9;

/** What the process itself needs, and how long its one thread kept others waiting since somebody last read. */
export function processMetrics(metrics: Metrics, version: string): void {
  const info = metrics.gauge({
    name: 'sigillo_info',
    help: 'What runs here.',
    labels: { version: 1, node: 1 },
  });
  info.set({ version, node: process.version }, 1);
  const memory = metrics.gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process.',
    labels: {},
  });
  const heap = metrics.gauge({ name: 'nodejs_heap_used_bytes', help: 'Memory of its objects.', labels: {} });
  const cpu = metrics.counter({ name: 'process_cpu_seconds_total', help: 'Time on processors.', labels: {} });
  let counted = 0;
  metrics.atRead([memory, heap], () => {
    const { rss, heapUsed } = process.memoryUsage();
    memory.set({}, rss);
    heap.set({}, heapUsed);
    const { user, system } = process.cpuUsage();
    const seconds = (user + system) / 1e6;
    cpu({}, seconds - counted);
    counted = seconds;
  });
  eventLoopMetrics(metrics);
}

function eventLoopMetrics(metrics: Metrics): void {
  const delay = metrics.gauge({
    name: 'sigillo_event_loop_delay_seconds',
    help: 'How late the one thread was for its timers since the last reading.',
    labels: { at: ['median', 'p99', 'max'] },
  });
  const sampled = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  sampled.enable();
  // What is sampled is the time from one timer to the next.
  const lateness = (ns: number) => Math.max(0, ns / NS_PER_SECOND - SAMPLE_MS / 1_000);
  metrics.atRead([delay], () => {
    if (sampled.count === 0) return;
    delay.set({ at: 'median' }, lateness(sampled.percentile(50)));
    delay.set({ at: 'p99' }, lateness(sampled.percentile(99)));
    delay.set({ at: 'max' }, lateness(sampled.max));
    sampled.reset();
  });
}
