import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SERVER = join(import.meta.dirname, '../..');

/** Loads the whole server in a process of its own, opens tracing, and says which files of OpenTelemetry it read. */
async function loadedFor(traces: object): Promise<string[]> {
  const program = `
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        const name = /@opentelemetry\\/[\\w-]+/.exec(found.url);
        if (name) seen.add(name[0]);
        return found;
      },
    });
    await import('${SERVER}/main.ts');
    const { openTracing } = await import('${SERVER}/platform/tracing/open-tracing.ts');
    await (await openTracing({ traces: ${JSON.stringify(traces)} })).close();
    console.log(JSON.stringify([...seen].sort()));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return JSON.parse(stdout);
}

test('what tracing takes is loaded only where there is a collector', async () => {
  // The metrics' library takes the interface, which does nothing by itself.
  expect(await loadedFor({})).toEqual(['@opentelemetry/api']);
  const traced = await loadedFor({ url: 'http://127.0.0.1:4318/v1/traces', headers: {}, percent: 100 });
  expect(traced).toContain('@opentelemetry/sdk-trace');
});
