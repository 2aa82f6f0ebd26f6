import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAudit } from '../../platform/audit/audit.ts';
import { flow, redeem, refresh, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

const offline = { scope: 'openid offline_access', prompt: 'consent' };
const trail = async (accountId: string) => readAudit(at.db, at.keyring, accountId);

test('[AUD-1] consents, codes, tokens, reuse and revocation leave a row each', async () => {
  const account = await at.account();
  const { browser, session } = await at.signedIn(account);
  const request = flow('portal', offline);
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  await refresh(at.url, 'portal', body.refresh_token);
  await refresh(at.url, 'portal', body.refresh_token);
  await browser.post('/api/account/consents/portal/revoke');

  const events = await trail(account.id);
  expect(events.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
    'consent-granted holder',
    'code-issued holder',
    'tokens-issued relying-party',
    'tokens-refreshed relying-party',
    'tokens-revoked relying-party',
    'consent-revoked holder',
  ]);
  for (const { details } of events) expect(details.clientId).toBe('portal');
  expect(events[1]?.details).toMatchObject({ session: session.id, acr: 'urn:sigillo:level:1', amr: 'pwd' });
  const secrets = [body.access_token, body.refresh_token, to.searchParams.get('code')];
  for (const secret of secrets) expect(JSON.stringify(events)).not.toContain(secret);
});

test('[AUD-1] without the audit there is no code, no token, no consent', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const request = flow('portal', offline);
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  const next = flow('portal', { scope: 'openid' });
  await sql`alter table audit rename to audit_elsewhere`.execute(at.database.db);
  try {
    const refused = await browser.request('GET', `/oidc/authorize?${next.query}`);
    expect([refused.status, refused.headers.get('location')]).toEqual([500, null]);
    const answer = await refresh(at.url, 'portal', body.refresh_token);
    expect([answer.status, answer.body.error]).toEqual([500, 'server_error']);
    await expect(walk(at, browser, flow('spa'))).rejects.toThrow('consent: 500');
  } finally {
    await sql`alter table audit_elsewhere rename to audit`.execute(at.database.db);
  }
  // Nothing half-done: the refresh token was not used up.
  expect((await refresh(at.url, 'portal', body.refresh_token)).status).toBe(200);
  expect((await userinfo(at.url, body.access_token)).status).toBe(200);
  const codes = await at.db
    .selectFrom('oidc_artifact')
    .select('id')
    .where('account_id', '=', account.id)
    .where('model', '=', 'AuthorizationCode')
    .execute();
  expect(codes).toHaveLength(1);
});
