import { expect, test, vi } from 'vitest';
import { openMetrics } from './metrics.ts';

const series = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('what is counted is read in the text format of Prometheus, and starts at zero', async () => {
  const metrics = openMetrics();
  const count = metrics.counter({
    name: 'sigillo_a_total',
    help: 'A.',
    labels: { channel: ['sms', 'email'] },
  });
  count({ channel: 'sms' }, 3);
  const observe = metrics.histogram({ name: 'sigillo_b_seconds', help: 'B.', labels: {} }, [0.1, 1]);
  observe({}, 0.5);
  const text = await metrics.read();
  expect(text).toContain('# HELP sigillo_a_total A.\n# TYPE sigillo_a_total counter\n');
  expect(series(text)).toEqual([
    'sigillo_a_total{channel="sms"} 3',
    'sigillo_a_total{channel="email"} 0',
    'sigillo_b_seconds_bucket{le="0.1"} 0',
    'sigillo_b_seconds_bucket{le="1"} 1',
    'sigillo_b_seconds_bucket{le="+Inf"} 1',
    'sigillo_b_seconds_sum 0.5',
    'sigillo_b_seconds_count 1',
  ]);
});

test('a label says what it may and no more, however many different things are counted', async () => {
  const metrics = openMetrics();
  const closed = metrics.counter({ name: 'sigillo_a_total', help: 'A.', labels: { channel: ['sms'] } });
  const open = metrics.counter({ name: 'sigillo_b_total', help: 'B.', labels: { route: 3 } });
  for (let n = 0; n < 1_000; n++) {
    closed({ channel: `channel ${n}` });
    open({ route: `/${n}` });
  }
  expect(series(await metrics.read())).toEqual([
    'sigillo_a_total{channel="sms"} 0',
    'sigillo_a_total{channel="other"} 1000',
    'sigillo_b_total{route="/0"} 1',
    'sigillo_b_total{route="/1"} 1',
    'sigillo_b_total{route="/2"} 1',
    'sigillo_b_total{route="other"} 997',
  ]);
});

test('gauges have the value of the moment, and none when it cannot be had in time', async () => {
  vi.useFakeTimers();
  const metrics = openMetrics();
  const plain = metrics.gauge({ name: 'sigillo_a', help: 'A.', labels: {} });
  const labelled = metrics.gauge({ name: 'sigillo_b', help: 'B.', labels: { state: ['x', 'y'] } });
  const late = metrics.gauge({ name: 'sigillo_c', help: 'C.', labels: {} });
  let isBroken = false;
  metrics.atRead([plain, labelled], () => {
    if (isBroken) throw new Error('no database');
    plain.set({}, 1);
    labelled.set({ state: 'x' }, 2);
  });
  metrics.atRead([late], () => isBroken && new Promise(() => undefined));
  late.set({}, 3);
  expect(series(await metrics.read())).toEqual(['sigillo_a 1', 'sigillo_b{state="x"} 2']);
  isBroken = true;
  const reading = metrics.read();
  await vi.advanceTimersByTimeAsync(2_100);
  expect(series(await reading)).toEqual([]);
  vi.useRealTimers();
});

test('who reads at the same time asks the database once', async () => {
  const metrics = openMetrics();
  let reads = 0;
  metrics.atRead([], () => reads++);
  await Promise.all([metrics.read(), metrics.read(), metrics.read()]);
  expect(reads).toBe(1);
});
