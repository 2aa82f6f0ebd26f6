import type { Config } from '../config/config.ts';
import type { Log } from '../log/log.ts';
import { noTracing, type Tracing } from './tracing.ts';

/** Traces to the collector of the settings. What that takes is loaded only where there is one. */
export async function openTracing({ traces }: Pick<Config, 'traces'>, log: Log): Promise<Tracing> {
  const { url, headers, percent } = traces;
  if (url === undefined) return noTracing;
  const { otlpTracing } = await import('./otlp-tracing.ts');
  return otlpTracing({ url, headers, percent, log });
}
