import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Log } from '../log/log.ts';
import { traceRequests } from './trace-requests.ts';
import type { Tracing } from './tracing.ts';

interface Options {
  url: string;
  headers: Record<string, string>;
  /** Of a hundred traces that begin here. */
  percent: number;
  log: Log;
}

/** Traces by OpenTelemetry, sent in batches by OTLP over HTTP. Spans are made by hand: no module is patched. */
export function otlpTracing({ url, headers, percent, log }: Options): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'sigillo', 'service.version': packageJson.version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(percent / 100) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url, headers }) })],
  });
  warnOfFailures(log);
  const tracer = provider.getTracer('sigillo');
  const current = new AsyncLocalStorage<Context>();
  return {
    isOn: true,
    span: (name, attributes, work) => {
      const context = current.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes }, context);
      return current.run(trace.setSpan(context, span), () => endAfter(span, work));
    },
    note: (attributes) => trace.getSpan(current.getStore() ?? ROOT_CONTEXT)?.setAttributes(attributes),
    statement: (sql, ms, isFailed) => addStatement(tracer, current.getStore(), { sql, ms, isFailed }),
    followRequests: (app, proxies) => traceRequests(app, { tracer, current, proxies }),
    close: () => provider.shutdown(),
  };
}

async function endAfter<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Its message may repeat what somebody typed.
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
    throw error;
  } finally {
    span.end();
  }
}

/** Parameters stand as $1, $2 in the text: it says nothing of anybody. */
function addStatement(
  tracer: Tracer,
  context: Context | undefined,
  { sql, ms, isFailed }: { sql: string; ms: number; isFailed: boolean },
): void {
  if (!context) return;
  const endTime = performance.timeOrigin + performance.now();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': sql };
  const name = /^\W*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? 'statement';
  const span = tracer.startSpan(
    name,
    { kind: SpanKind.CLIENT, attributes, startTime: endTime - ms },
    context,
  );
  if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}

/** A collector that does not answer is told of once in a while, and holds nothing up. */
function warnOfFailures(log: Log): void {
  const quiet = () => undefined;
  const warn = () => log.warn('traces could not be sent to the collector');
  diag.setLogger({ error: warn, warn: quiet, info: quiet, debug: quiet, verbose: quiet });
}
