import { afterAll, beforeAll, expect, test } from 'vitest';
import { suspendAccount } from '../../gate/holds.ts';
import { flow, redeem, refresh, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

const offline = { scope: 'openid offline_access', prompt: 'consent' };

/** Suspends on the first node; what follows asks the second. */
function suspend(accountId: string): Promise<unknown> {
  const { gate } = at;
  const hold = { accountId, cause: 'holder-request', by: 'holder', days: 30 } as const;
  return gate.transaction((tx) => suspendAccount(gate, tx, hold));
}

test('[REC-7] a suspension ends access tokens, refresh tokens, codes and sessions on every node at once', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const request = flow('portal', offline);
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  const another = flow('portal', offline);
  const unspent = (await walk(at, browser, another)).to;
  const other = at.nodes[1]?.url ?? '';
  expect((await userinfo(other, body.access_token)).status).toBe(200);

  await suspend(account.id);
  for (const { url } of at.nodes) {
    expect((await userinfo(url, body.access_token)).status).toBe(401);
    const refreshed = await refresh(url, 'portal', body.refresh_token);
    expect([refreshed.status, refreshed.body.error]).toEqual([400, 'invalid_grant']);
    const redeemed = await redeem(url, another, unspent);
    expect([redeemed.status, redeemed.body.error]).toEqual([400, 'invalid_grant']);
    const silent = flow('portal', { prompt: 'none' });
    const answer = await browser.at(url).request('GET', `/oidc/authorize?${silent.query}`);
    expect(answer.headers.get('location')).toContain('login_required');
  }
});
