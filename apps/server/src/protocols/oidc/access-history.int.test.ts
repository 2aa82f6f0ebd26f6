import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { flow, location, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation, presenterOfBrowser } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

const lines = (accountId: string) =>
  at.db
    .selectFrom('access_event')
    .select(['id', 'kind', 'client_id', 'outcome', 'level', 'method'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();

test('[SPID-HIS-1] each authorisation that a live session was enough for is an access to that service', async () => {
  const account = await at.account({ totp: true });
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const before = (await lines(account.id)).length;
  for (const client of ['portal', 'strict', 'portal']) await walk(at, browser, flow(client));
  const found = (await lines(account.id)).slice(before);
  const expected = (client: string) => ({
    kind: 'single-sign-on',
    client_id: client,
    outcome: 'success',
    level: 2,
    method: null,
  });
  expect(found).toMatchObject(['portal', 'strict', 'portal'].map(expected));
  const { rows } = { rows: await at.db.selectFrom('audit').select('id').execute() };
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(found.map(({ id }) => id)));
});

test('[SPID-HIS-1] a sign-in that the service asked for is one access and not two', async () => {
  const account = await at.account();
  const browser = new HttpBrowser(at.issuer);
  const request = flow('portal');
  const response = await browser.request('GET', `/oidc/authorize?${request.query}`);
  const uid = location(response).searchParams.get('interaction') ?? '';
  const signedIn = await at.signedIn(account);
  for (const [name, value] of signedIn.browser.cookies)
    if (name !== '__Host-sigillo-browser') browser.cookies.set(name, value);
  await at.gate.transaction((tx) =>
    at.gate.access(
      tx,
      {
        type: 'signed-in',
        accountId: account.id,
        actor: 'holder',
        at: at.gate.clock.now(),
        client: { address: '192.0.2.1', network: '192.0.2.1', userAgent: 'Firefox' },
        details: {},
      },
      { kind: 'sign-in', outcome: 'success', method: 'password', level: 1, clientId: 'portal' },
    ),
  );
  const before = (await lines(account.id)).length;
  const presenter = presenterOfBrowser(browser);
  const resume = await at.oidc.interactions.finishSignIn(uid, presenter, signedIn.session);
  const asked = location(await browser.request('GET', resume)).searchParams.get('interaction');
  const consent = { interaction: asked, accept: true };
  const { body } = await browser.post<{ redirectTo: string }>('/api/consent', consent);
  const done = location(await browser.request('GET', body.redirectTo));
  expect(done.searchParams.get('code')).not.toBeNull();
  expect(await lines(account.id)).toHaveLength(before);
});
