import { afterAll, beforeAll, expect, test } from 'vitest';
import { flow, redeem, userinfo, walk } from './client.fixture.ts';
import { CLIENTS } from './clients.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

test('[AUD-3] no code, token, secret or parameter of OpenID Connect reaches the log', async () => {
  const account = await at.account({ phone: true });
  const { browser } = await at.signedIn(account);
  const request = flow('portal', {
    scope: 'openid email offline_access',
    prompt: 'consent',
    login_hint: 'canary-hint',
  });
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  await userinfo(at.url, body.access_token);
  const again = await redeem(at.url, request, to);
  expect(again.status).toBe(400);
  await browser.request('GET', '/oidc/authorize?client_id=canary-client&state=canary-state');
  await browser.request('GET', `/oidc/sign-out?id_token_hint=${body.id_token}`);

  const code = to.searchParams.get('code') ?? '';
  const { access_token, id_token, refresh_token = '' } = body;
  const { clientSecret } = CLIENTS[0];
  const secrets = [
    code,
    access_token,
    id_token,
    refresh_token,
    clientSecret,
    request.verifier,
    request.state,
    request.nonce,
  ];
  const people = [
    account.email,
    account.phone ?? '',
    account.userId,
    account.id,
    ...browser.cookies.values(),
  ];
  for (const secret of [...secrets, ...people]) expect(secret.length).toBeGreaterThan(7);

  const log = at.lines.join('\n');
  expect(at.lines.length).toBeGreaterThan(5);
  for (const secret of [...secrets, ...people, 'canary']) expect(log).not.toContain(secret);
});
