import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimsIn, flow, redeem, refresh, type Tokens, userinfo, walk } from './client.fixture.ts';
import { CLIENTS } from './clients.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

const DAY = 24 * 60 * 60;

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

/** Tokens for the time after the session, as a public client or one with a secret gets them. */
async function offline(clientId: string): Promise<Tokens> {
  const { browser } = await at.signedIn(await at.account());
  const request = flow(clientId, { scope: 'openid email offline_access', prompt: 'consent' });
  const { to } = await walk(at, browser, request);
  return (await redeem(at.url, request, to)).body;
}

const errorOf = async (clientId: string, refreshToken: string | undefined) =>
  (await refresh(at.url, clientId, refreshToken)).body.error;

test.each(['spa', 'portal'])(
  '[OIDC-4] a refresh token of %s works once and gives the next',
  async (clientId) => {
    const first = await offline(clientId);
    const { status, body } = await refresh(at.url, clientId, first.refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(first.refresh_token);
    expect(claimsIn(body.id_token)).toMatchObject({
      sub: claimsIn(first.id_token).sub,
      auth_time: claimsIn(first.id_token).auth_time,
      acr: claimsIn(first.id_token).acr,
    });
    expect((await userinfo(at.url, body.access_token)).status).toBe(200);
  },
);

test('[OIDC-4] a refresh token that is used again kills the whole family', async () => {
  const first = await offline('spa');
  const second = (await refresh(at.url, 'spa', first.refresh_token)).body;
  expect(await errorOf('spa', first.refresh_token)).toBe('invalid_grant');
  expect(await errorOf('spa', second.refresh_token)).toBe('invalid_grant');
  for (const { access_token } of [first, second])
    expect((await userinfo(at.url, access_token)).status).toBe(401);
});

test('[OIDC-4] [AVL-1] of 16 uses of one refresh token at once, on two nodes, at most one succeeds', async () => {
  for (let round = 0; round < 4; round++) {
    const { refresh_token } = await offline('spa');
    const all = await Promise.all(
      Array.from({ length: 16 }, (_, i) => refresh(at.nodes[i % 2]?.url ?? '', 'spa', refresh_token)),
    );
    const won = all.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const { status, body } of all)
      if (status !== 200) expect(`${status} ${body.error}`).toBe('400 invalid_grant');
    expect(await errorOf('spa', won[0]?.body.refresh_token)).toBe('invalid_grant');
  }
});

test('[OIDC-4] a refresh token that nobody uses ends after 7 days', async () => {
  const [kept, forgotten] = [await offline('spa'), await offline('spa')];
  at.advance(7 * DAY - 10);
  const next = (await refresh(at.url, 'spa', kept.refresh_token)).body;
  expect(next.error).toBeUndefined();
  at.advance(20);
  expect(await errorOf('spa', forgotten.refresh_token)).toBe('invalid_grant');
  expect(await errorOf('spa', next.refresh_token)).toBeUndefined();
});

test('[OIDC-4] however much it is used, a family of refresh tokens ends after 30 days', async () => {
  let current = await offline('portal');
  for (let day = 6; day <= 24; day += 6) {
    at.advance(6 * DAY);
    current = (await refresh(at.url, 'portal', current.refresh_token)).body;
    expect(current.error).toBeUndefined();
  }
  at.advance(6 * DAY - 60);
  current = (await refresh(at.url, 'portal', current.refresh_token)).body;
  expect(current.error).toBeUndefined();
  at.advance(120);
  expect(await errorOf('portal', current.refresh_token)).toBe('invalid_grant');
});

test('refresh tokens are only given to who asked for them and was granted them', async () => {
  const { browser } = await at.signedIn(await at.account());
  const plain = flow('portal', { scope: 'openid' });
  expect(
    (await redeem(at.url, plain, (await walk(at, browser, plain)).to)).body.refresh_token,
  ).toBeUndefined();
  // Without prompt=consent the wish is ignored (OpenID Connect Core §11).
  const unasked = flow('portal', { scope: 'openid offline_access' });
  const { body } = await redeem(at.url, unasked, (await walk(at, browser, unasked)).to);
  expect([body.refresh_token, body.scope]).toEqual([undefined, 'openid']);
  // A consent given for one request is not used for another that did not ask.
  const asked = flow('portal', { scope: 'openid offline_access', prompt: 'consent' });
  expect((await redeem(at.url, asked, (await walk(at, browser, asked)).to)).body.refresh_token).toBeDefined();
  const later = flow('portal', { scope: 'openid' });
  expect(
    (await redeem(at.url, later, (await walk(at, browser, later)).to)).body.refresh_token,
  ).toBeUndefined();
});

test('a relying party takes its tokens out of the world, and nobody else’s', async () => {
  const revoke = async (clientId: 'spa' | 'portal', value = '') => {
    const client = CLIENTS.find((one) => one.clientId === clientId);
    const secret = client && 'clientSecret' in client ? client.clientSecret : undefined;
    const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const { status } = await fetch(`${at.url}/oidc/revoke`, {
      method: 'POST',
      headers: secret ? { authorization } : {},
      body: new URLSearchParams({ token: value, ...(!secret && { client_id: clientId }) }),
    });
    return status;
  };
  const tokens = await offline('spa');
  expect(await revoke('portal', tokens.refresh_token)).toBe(200);
  expect((await userinfo(at.url, tokens.access_token)).status).toBe(200);
  expect(await revoke('spa', tokens.refresh_token)).toBe(200);
  expect((await userinfo(at.url, tokens.access_token)).status).toBe(401);
  expect(await errorOf('spa', tokens.refresh_token)).toBe('invalid_grant');
  expect(await revoke('spa', 'nothing')).toBe(200);
});
