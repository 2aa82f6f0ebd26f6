import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { COMPILED } from '../../../../../tests/setup/server.ts';

const SERVER = join(import.meta.dirname, '../..');

/** Loads the whole server, opens tracing without and with a collector, and says what of OpenTelemetry was read. */
const PROGRAM = `
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
  const url = 'http://127.0.0.1:4318/v1/traces';
  const loaded = [];
  for (const traces of [{}, { url, headers: {}, percent: 100 }]) {
    await (await openTracing({ traces })).close();
    loaded.push([...seen]);
  }
  console.log(JSON.stringify(loaded));`;

test('what tracing takes is loaded only where there is a collector', async () => {
  const env = { PATH: process.env.PATH, ...COMPILED };
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', PROGRAM], { env });
  const [without, withCollector] = JSON.parse(stdout);
  // The metrics' library takes the interface, which does nothing by itself.
  expect(without).toEqual(['@opentelemetry/api']);
  expect(withCollector).toContain('@opentelemetry/sdk-trace');
});
