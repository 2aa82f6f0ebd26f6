import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flow, flow, redeem, refresh, token, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

async function newCode(more: Record<string, string> = {}): Promise<{ request: Flow; to: URL }> {
  const { browser } = await at.signedIn(await at.account());
  const request = flow('portal', more);
  return { request, to: (await walk(at, browser, request)).to };
}

const nodeUrl = (index: number) => at.nodes[index % at.nodes.length]?.url ?? at.url;

test('[OIDC-3] [AVL-1] of 16 redemptions of one code at once, on two nodes, one succeeds', async () => {
  for (let round = 0; round < 6; round++) {
    const { request, to } = await newCode({ scope: 'openid offline_access', prompt: 'consent' });
    const all = await Promise.all(Array.from({ length: 16 }, (_, i) => redeem(nodeUrl(i), request, to)));
    const won = all.filter(({ status }) => status === 200);
    const lost = all.filter(({ status }) => status !== 200);
    expect(won).toHaveLength(1);
    expect(lost.map(({ status, body }) => `${status} ${body.error}`)).toEqual(
      Array(15).fill('400 invalid_grant'),
    );
    // The losers have shown that the code is in several hands.
    const { access_token, refresh_token } = won[0]?.body ?? { access_token: '' };
    expect((await userinfo(nodeUrl(1), access_token)).status).toBe(401);
    expect((await refresh(at.url, 'portal', refresh_token)).body.error).toBe('invalid_grant');
  }
});

test('[OIDC-3] a code that is used again revokes the tokens it gave, and what those gave', async () => {
  const { request, to } = await newCode({ scope: 'openid offline_access', prompt: 'consent' });
  const first = (await redeem(at.url, request, to)).body;
  const second = (await refresh(at.url, 'portal', first.refresh_token)).body;
  for (const { access_token } of [first, second])
    expect((await userinfo(at.url, access_token)).status).toBe(200);

  expect((await redeem(nodeUrl(1), request, to)).body.error).toBe('invalid_grant');
  for (const { access_token } of [first, second])
    expect((await userinfo(at.url, access_token)).status).toBe(401);
  expect((await refresh(at.url, 'portal', second.refresh_token)).body.error).toBe('invalid_grant');
});

test('[OIDC-3] whoever has the code but not the verifier neither uses it nor revokes anything', async () => {
  const { request, to } = await newCode();
  const { access_token } = (await redeem(at.url, request, to)).body;
  const guess = { ...request, verifier: flow('portal').verifier };
  expect((await redeem(at.url, guess, to)).body.error).toBe('invalid_grant');
  expect((await userinfo(at.url, access_token)).status).toBe(200);
});

test('[OIDC-3] a code lives 60 seconds by the clock', async () => {
  const [inTime, late] = [await newCode(), await newCode()];
  at.advance(58);
  expect((await redeem(at.url, inTime.request, inTime.to)).status).toBe(200);
  at.advance(3);
  expect((await redeem(at.url, late.request, late.to)).body.error).toBe('invalid_grant');
});

test('[OIDC-3] a code carries 256 random bits', async () => {
  const codes = [await newCode(), await newCode()].map(({ to }) => to.searchParams.get('code') ?? '');
  for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(codes[0]).not.toBe(codes[1]);
});

test('[OIDC-3] a code belongs to the client it was given to', async () => {
  const { request, to } = await newCode();
  const params = {
    grant_type: 'authorization_code',
    code: to.searchParams.get('code') ?? '',
    redirect_uri: request.query.get('redirect_uri') ?? '',
    code_verifier: request.verifier,
  };
  expect((await token(at.url, 'strict', params)).body.error).toBe('invalid_grant');
  expect((await redeem(at.url, request, to)).status).toBe(200);
});

test('an access token lives ten minutes by the clock, and opens the userinfo endpoint alone', async () => {
  const { request, to } = await newCode();
  const { access_token, id_token } = (await redeem(at.url, request, to)).body;
  for (const other of [id_token, to.searchParams.get('code') ?? '', 'x'])
    expect((await userinfo(at.url, other)).status).toBe(401);
  at.advance(597);
  expect((await userinfo(at.url, access_token)).status).toBe(200);
  at.advance(4);
  expect((await userinfo(at.url, access_token)).status).toBe(401);
});
