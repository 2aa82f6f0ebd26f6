import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What a label may say: one of these words, or, where the program's own words fill it (routes, kinds of events), so
 * many different ones at most. Anything else is counted as `other`: no request makes series of its own.
 */
type LabelRule = readonly string[] | number;
type LabelRules = Readonly<Record<string, LabelRule>>;
type Labels<R extends LabelRules> = Readonly<Record<keyof R, string>>;

interface Described<R extends LabelRules> {
  /** By the rules of Prometheus: `sigillo_` first, the unit last, `_total` for what is counted. */
  name: string;
  /** One sentence. */
  help: string;
  labels: R;
}

/** Sets a value, and forgets the values of all labels. */
export interface GaugeValues<R extends LabelRules> {
  set(labels: Labels<R>, value: number): void;
  clear(): void;
}

/**
 * What a node counts and measures of itself. A part of the server that has something to tell takes this, or better a
 * plain function made by it, and calls that: `const count = metrics.counter({ name, help, labels: { channel:
 * ['sms', 'email'] } })`, then `count({ channel: 'sms' })`.
 */
export interface Metrics {
  counter<const R extends LabelRules>(described: Described<R>): (labels: Labels<R>, by?: number) => void;
  /** @param buckets upper bounds, in the unit of the name */
  histogram<const R extends LabelRules>(
    described: Described<R>,
    buckets: readonly number[],
  ): (labels: Labels<R>, value: number) => void;
  gauge<const R extends LabelRules>(described: Described<R>): GaugeValues<R>;
  /**
   * Sets gauges whenever somebody reads. They are cleared before; what fails, or takes longer than two seconds, leaves
   * them without values, and the rest is read all the same.
   */
  atRead(gauges: readonly { clear(): void }[], work: () => unknown): void;
  /** Everything, in the text format of Prometheus. Who reads at the same time reads the same. */
  read(): Promise<string>;
}

const PATIENCE_MS = 2_000;
/** Counters whose labels are all known beforehand start at zero: the first one counted is seen as a rise. */
const MOST_ZEROES = 100;

/** Starts with nothing counted. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const collectors: (() => Promise<void>)[] = [];
  let reading: Promise<string> | undefined;
  const readAll = async () => {
    await Promise.all(collectors.map((collect) => collect()));
    return registry.metrics();
  };
  return {
    counter: ({ labels, ...described }) => {
      const counter = new Counter({ ...described, labelNames: Object.keys(labels), registers: [registry] });
      const fit = bounded(labels);
      for (const zero of combinations(labels)) counter.inc(zero, 0);
      return (given, by = 1) => counter.inc(fit(given), by);
    },
    histogram: ({ labels, ...described }, buckets) => {
      const labelNames = Object.keys(labels);
      const histogram = new Histogram({
        ...described,
        labelNames,
        buckets: [...buckets],
        registers: [registry],
      });
      const fit = bounded(labels);
      return (given, value) => histogram.observe(fit(given), value);
    },
    gauge: ({ labels, ...described }) => {
      const gauge = new Gauge({ ...described, labelNames: Object.keys(labels), registers: [registry] });
      const fit = bounded(labels);
      const clear = () => {
        gauge.reset();
        // Without labels the library would begin again at zero, which nobody measured.
        if (Object.keys(labels).length === 0) gauge.remove();
      };
      clear();
      return { set: (given, value) => gauge.set(fit(given), value), clear };
    },
    atRead: (gauges, work) => {
      collectors.push(async () => {
        for (const gauge of gauges) gauge.clear();
        await withinPatience(work);
      });
    },
    read: () => {
      reading ??= readAll().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

async function withinPatience(work: () => unknown): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  const done = Promise.resolve()
    .then(work)
    .catch(() => undefined);
  await Promise.race([done, silence]).finally(() => clearTimeout(timer));
}

/** Replaces what a label may not say. */
function bounded<R extends LabelRules>(rules: R): (labels: Labels<R>) => Record<string, string> {
  const fits = Object.entries(rules).map(([name, rule]) => [name, fitting(rule)] as const);
  return (labels) => {
    const fitted: Record<string, string> = {};
    for (const [name, fit] of fits) fitted[name] = fit(labels[name] ?? '');
    return fitted;
  };
}

function fitting(rule: LabelRule): (value: string) => string {
  const seen = new Set(typeof rule === 'number' ? [] : rule);
  const most = typeof rule === 'number' ? rule : seen.size;
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= most) return 'other';
    seen.add(value);
    return value;
  };
}

/** Every combination of labels, where there are few and all are known. */
function combinations(rules: LabelRules): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [name, rule] of Object.entries(rules)) {
    if (typeof rule === 'number') return [];
    all = all.flatMap((labels) => rule.map((value) => ({ ...labels, [name]: value })));
  }
  return all.length <= MOST_ZEROES ? all : [];
}
