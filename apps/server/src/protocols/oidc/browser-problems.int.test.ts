import { afterAll, beforeAll, expect, test } from 'vitest';
import { tooManyTries } from '../../platform/limits/limits.problems.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
let isTooMany = false;
beforeAll(async () => {
  const take = () => {
    if (isTooMany) throw tooManyTries({ retryAfterSeconds: 30 });
  };
  at = await oidcInstallation(1, { limits: { take } });
});
afterAll(() => at[Symbol.asyncDispose]());

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';
const FORM = 'application/x-www-form-urlencoded';

/** Asks as a browser does that navigates, or as a program. */
function ask(path: string, accept: string, form?: { type: string; body: string }): Promise<Response> {
  const headers = { accept, 'accept-language': 'en', origin: at.issuer };
  const posted = form && {
    method: 'POST',
    body: form.body,
    headers: { ...headers, 'content-type': form.type },
  };
  return fetch(`${at.url}${path}`, posted ?? { headers });
}

const REFUSED = 'This sign-in cannot go on';

test.each([
  ['an answer to a question that we did not ask', '/oidc/sign-out/confirm', FORM, 400, REFUSED],
  ['a form that is none', '/oidc/authorize', 'text/csv', 415, REFUSED],
])('[WEB-7] %s is told a browser by a page, and a program by JSON', async (...row) => {
  const [, path, type, status, title] = row;
  const form = { type, body: 'ticket=x&choice=everywhere' };
  const page = await ask(path, BROWSER, form);
  expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-language')).toBe('en');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await page.text();
  expect(text).toContain(`<h1>${title}</h1>`);
  expect(text).toContain(page.headers.get('x-request-id'));
  const program = await ask(path, '*/*', form);
  expect([program.status, program.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
});

test('a request that nobody knows any more is answered by the same page', async () => {
  const page = await ask('/oidc/authorize/of-nobody', BROWSER);
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('<h1>This sign-in is over</h1>');
});

test('[WEB-7] who comes too often is shown a page, and when to come again', async () => {
  isTooMany = true;
  const page = await ask('/oidc/authorize?client_id=portal', BROWSER);
  isTooMany = false;
  expect([page.status, page.headers.get('retry-after')]).toEqual([429, '30']);
  expect(await page.text()).toContain('<h1>Something went wrong on our side</h1>');
});
