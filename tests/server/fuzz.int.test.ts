import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiOperations, isWrite, type Operation, pathOf } from '../setup/api-operations.ts';
import { signIn } from '../setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { openRaw } from '../setup/raw-http.ts';

const ANSWER_MS = 10_000;

let on: PopulatedInstallation;
let operations: Operation[];
beforeAll(async () => {
  on = await populatedInstallation();
  operations = await apiOperations(on.server.url);
});
afterAll(() => on[Symbol.asyncDispose]());

/** Bodies as an operation describes them, and beside them: members left out, bent, or of other types. */
function bodyFor({ body }: Operation): fc.Arbitrary<string> {
  const properties = body && 'properties' in body ? Object.keys(body.properties as object) : [];
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('it', 'a@example.org', 'totp', 'x'.repeat(43), '00000000-0000-4000-8000-000000000000'),
  );
  const name =
    properties.length > 0 ? fc.constantFrom(...properties, '__proto__', 'constructor') : fc.string();
  const text = fc.dictionary(name, value, { maxKeys: 6 }).map((content) => JSON.stringify(content));
  return fc.oneof(text, text.chain(bent), fc.json(), fc.string({ unit: 'binary' }));
}

/** With something cut out or put in. */
const bent = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(4), fc.string({ maxLength: 4 }))
    .map(([at, count, put]) => `${text.slice(0, at)}${put}${text.slice(at + count)}`);

const segment = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
  fc.base64String({ minLength: 44, maxLength: 44 }),
);

test('[WEB-3] whatever is sent to the API is answered in time, never by a failure of ours, and always with a problem', {
  timeout: 120_000,
}, async () => {
  const signedIn = await signIn(on, on.browser(), await on.holder());
  const browsers = [on.browser(), signedIn];
  const cookies = new Map(signedIn.cookies);
  const request = fc.constantFrom(...operations).chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      values: fc.record(Object.fromEntries(operation.parameters.map((name) => [name, segment]))),
      body: isWrite(operation) ? bodyFor(operation) : fc.constant(undefined),
      query: fc.webQueryParameters(),
      browser: fc.nat(1),
    }),
  );
  type Sent = typeof request extends fc.Arbitrary<infer T> ? T : never;
  const check = async ({ operation, values, body, query, browser }: Sent) => {
    // Signed in again by the cookie, whatever an answer made of it.
    for (const [name, value] of cookies) signedIn.cookies.set(name, value);
    const path = `${pathOf(operation, values as Record<string, string>)}?${query}`;
    const answer = await within(browsers[browser]!.request(operation.method, path, body));
    if (answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.body?.cancel();
    const text = await answer.text();
    expect(answer.status).toBeLessThan(500);
    if (answer.status < 400) return;
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({
      status: answer.status,
      type: expect.stringContaining('/problems/'),
    });
  };
  await fc.assert(fc.asyncProperty(request, check), { numRuns: 300 });
  expect(on.server.output()).not.toContain('internal-error');
});

const within = (answer: Promise<Response>): Promise<Response> =>
  Promise.race([
    answer,
    new Promise<never>((_, reject) => setTimeout(reject, ANSWER_MS, new Error('no answer')).unref()),
  ]);

const token = fc.string({ unit: fc.constantFrom(...'GETPOSabc/:;=,. \t\0\u00ff%{}'), maxLength: 40 });
const head = fc
  .tuple(
    fc.oneof(token, fc.constantFrom('GET', 'POST', 'OPTIONS', 'TRACE', 'CONNECT', 'PRI')),
    fc.oneof(
      token,
      fc.constantFrom('/api/session', '/oidc/token', '*', '//', 'http://evil.example/', '/%2e%2e/'),
    ),
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''),
    fc.array(
      fc.oneof(
        token,
        fc
          .tuple(
            fc.constantFrom(
              'Host',
              'Content-Length',
              'Transfer-Encoding',
              'Expect',
              'Upgrade',
              'Content-Type',
              'Cookie',
            ),
            fc.oneof(
              token,
              fc.constantFrom('chunked', '-1', '5, 6', '100-continue', 'websocket', 'application/json'),
            ),
          )
          .map((pair) => pair.join(': ')),
      ),
      { maxLength: 6 },
    ),
    fc.string({ unit: 'binary', maxLength: 100 }),
  )
  .map(
    ([method, path, version, headers, body]) =>
      `${[`${method} ${path} ${version}`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`,
  );

test('[WEB-3] nor does it matter whether it is HTTP', { timeout: 120_000 }, async () => {
  const check = async (bytes: string) => {
    const connection = await openRaw(on.server.url);
    connection.socket.end(bytes, 'latin1');
    await connection.closed(ANSWER_MS);
    expect(connection.text()).not.toMatch(/^HTTP\/1\.[01] 5(?!03|05|01)/);
  };
  await fc.assert(fc.asyncProperty(head, check), { numRuns: 400 });
  expect((await on.browser().get('/healthz')).status).toBe(200);
  expect(on.server.output()).not.toContain('internal-error');
});
