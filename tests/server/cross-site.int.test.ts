import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticatesItself } from '../../apps/server/src/platform/http/origin-check.ts';
import { apiOperations, isWrite, type Operation, pathOf } from '../setup/api-operations.ts';
import { APP_SCENARIOS } from '../setup/app-scenarios.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { signIn } from '../setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { PAGE_SCENARIOS } from '../setup/scenarios.ts';
import { lastingState } from '../setup/table-contents.ts';

let on: PopulatedInstallation;
let operations: Operation[];
beforeAll(async () => {
  on = await populatedInstallation();
  operations = await apiOperations(on.server.url);
});
afterAll(() => on[Symbol.asyncDispose]());

/** What a request carries that another site caused, or that comes from no page at all. */
const FOREIGN: Record<string, Record<string, string>> = {
  'another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'another site, in a browser without Sec-Fetch-Site': {
    origin: 'https://evil.example',
    'sec-fetch-site': '',
  },
  'another origin of this host': { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' },
  'a page that pretends to be ours': { origin: 'http://localhost.evil.example', 'sec-fetch-site': '' },
  'a sandbox': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'a form of no origin': { origin: 'null', 'sec-fetch-site': '' },
  'a link in a letter': { origin: '', 'sec-fetch-site': 'none' },
  'no page': { origin: '', 'sec-fetch-site': '' },
};

/** Sends a request with these headers; an empty one is left out. */
async function sendFrom(browser: HttpBrowser, method: string, path: string, body: object, from: object) {
  const headers = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''));
  return fetch(`${on.server.url}${path}`, {
    method,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'x-forwarded-for': browser.address,
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify(body),
  });
}

test.each(Object.keys(PAGE_SCENARIOS))('[WEB-2] %s: nobody but our own pages does it', async (operation) => {
  const { browser, method, path, body } = await PAGE_SCENARIOS[operation]!(on);
  const before = await lastingState(on.database.db);
  for (const [who, from] of Object.entries(FOREIGN)) {
    const answer = await sendFrom(browser, method, path, body, from);
    expect([who, answer.status]).toEqual([who, 403]);
    expect(await answer.json()).toMatchObject({ type: expect.stringMatching(/cross-site-request$/) });
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect(await lastingState(on.database.db)).toEqual(before);
  const own = { origin: on.server.issuer, 'sec-fetch-site': 'same-origin' };
  expect((await sendFrom(browser, method, path, body, own)).status).toBeLessThan(300);
});

test('[WEB-2] every other write refuses another site too', async () => {
  const others = operations.filter(
    (one) => isWrite(one) && !(one.id in PAGE_SCENARIOS) && !authenticatesItself(one.path),
  );
  for (const operation of others)
    for (const from of Object.values(FOREIGN)) {
      const answer = await sendFrom(on.browser(), operation.method, pathOf(operation, {}), {}, from);
      expect([operation.id, answer.status]).toEqual([operation.id, 403]);
    }
});

test.each(Object.keys(APP_SCENARIOS))(
  '[WEB-2] %s: the app’s signature counts and nothing else, not even a session of ours',
  async (operation) => {
    const { method, path, body } = await APP_SCENARIOS[operation]!(on);
    const browser = await signIn(on, on.browser(), await on.holder({ totp: true }));
    const before = await lastingState(on.database.db);
    const own = { origin: on.server.issuer, 'sec-fetch-site': 'same-origin' };
    for (const from of [own, { origin: 'http://localhost:8081', 'sec-fetch-site': 'cross-site' }])
      expect((await sendFrom(browser, method, path, body, from)).status).toBe(401);
    expect(await lastingState(on.database.db)).toEqual(before);
  },
);

test('[WEB-2] forms of other sites carry no JSON: other types of content are refused', async () => {
  const { browser, path, body } = await PAGE_SCENARIOS.requestPasswordReset!(on);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const headers = { 'content-type': type };
    expect((await browser.request('POST', path, JSON.stringify(body), headers)).status).toBe(415);
  }
});

test('[WEB-2] reading changes nothing, by GET or HEAD, whoever reads', async () => {
  const browser = await signIn(on, on.browser(), await on.holder({ totp: true }));
  const before = await lastingState(on.database.db);
  for (const operation of operations.filter((one) => !isWrite(one)))
    for (const method of ['GET', 'HEAD'])
      for (const from of [{}, FOREIGN['another site']])
        await browser.request(method, pathOf(operation, {}), undefined, from);
  expect(await lastingState(on.database.db)).toEqual(before);
});

test('[WEB-2] a path answers the methods it has and no other', async () => {
  const paths = Map.groupBy(operations, ({ path }) => path);
  for (const [path, has] of paths) {
    const methods = has.map(({ method }) => method);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !methods.includes(one))) {
      const answer = await on.browser().request(method, pathOf(has[0]!, {}));
      // Two paths may differ in a parameter: what the other one takes is that one's to answer.
      const isOther = operations.some(
        (one) => one.path !== path && one.method === method && matches(one, path),
      );
      if (!isOther) expect([method, path, answer.status]).toEqual([method, path, 405]);
      if (!isOther) expect(answer.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(methods));
    }
  }
});

const matches = (other: Operation, path: string) =>
  new RegExp(`^${other.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
