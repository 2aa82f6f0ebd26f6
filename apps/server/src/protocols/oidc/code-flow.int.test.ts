import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimsIn, flow, redeem, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

test('a session that the gate opened gives a code, tokens and the claims that were consented to', async () => {
  const account = await at.account({ phone: true });
  const { browser } = await at.signedIn(account);
  const request = flow('portal', { scope: 'openid email phone profile' });
  const { to, asked } = await walk(at, browser, request);
  expect(asked).toEqual(['/consent']);
  expect(to.origin + to.pathname).toBe('https://portal.example.org/callback');
  expect(to.searchParams.get('state')).toBe(request.state);

  const { status, body } = await redeem(at.url, request, to);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
  expect(body.scope.split(' ').sort()).toEqual(['email', 'openid', 'phone', 'profile']);
  expect(body.refresh_token).toBeUndefined();
  const { sub, ...claims } = (await userinfo(at.url, body.access_token)).body;
  expect(sub).toBe(claimsIn(body.id_token).sub);
  expect(claims).toEqual({
    email: account.email,
    email_verified: true,
    phone_number: account.phone,
    phone_number_verified: true,
    preferred_username: account.userId,
    locale: 'en',
  });
});

test('[PRV-3] a relying party learns what was consented to and nothing else', async () => {
  const account = await at.account({ phone: true });
  const { browser } = await at.signedIn(account);
  const wish = {
    userinfo: { phone_number: { essential: true } },
    id_token: { email: null, phone_number: null },
  };
  const request = flow('portal', { scope: 'openid email', claims: JSON.stringify(wish) });
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  expect(Object.keys((await userinfo(at.url, body.access_token)).body).sort()).toEqual([
    'email',
    'email_verified',
    'sub',
  ]);
  expect(claimsIn(body.id_token)).toMatchObject({ email: account.email });
  expect(claimsIn(body.id_token)).not.toHaveProperty('phone_number');
});

test('[PRV-3] two relying parties know one holder by two names, each always by the same', async () => {
  const account = await at.account({ totp: true });
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const subjectAt = async (clientId: string) => {
    const request = flow(clientId);
    const { to } = await walk(at, browser, request);
    return claimsIn((await redeem(at.url, request, to)).body.id_token).sub;
  };
  const [portal, strict] = [await subjectAt('portal'), await subjectAt('strict')];
  expect(portal).not.toBe(strict);
  expect([portal, strict]).not.toContain(account.id);
  expect(await subjectAt('portal')).toBe(portal);
  expect(await subjectAt('strict')).toBe(strict);
});

test.each([
  ['portal', 'ES256'],
  ['strict', 'PS256'],
])('[CRY-1] the ID token of %s is signed with %s by a published key', async (clientId, alg) => {
  const account = await at.account({ totp: true });
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const request = flow(clientId);
  const { to } = await walk(at, browser, request);
  const { id_token } = (await redeem(at.url, request, to)).body;
  const [header = '', payload = '', signature = ''] = id_token.split('.');
  const { kid, ...protectedHeader } = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect(protectedHeader.alg).toBe(alg);

  const { keys } = (await (await fetch(`${at.url}/oidc/jwks`)).json()) as {
    keys: (JsonWebKey & { kid: string })[];
  };
  expect(keys).toHaveLength(2);
  for (const key of keys)
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret);
  const jwk = keys.find((one) => one.kid === kid) ?? {};
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const options = alg === 'ES256' ? { dsaEncoding: 'ieee-p1363' as const } : { padding: 6, saltLength: 32 };
  const signed = Buffer.from(`${header}.${payload}`);
  expect(verify('sha256', signed, { key, ...options }, Buffer.from(signature, 'base64url'))).toBe(true);
  signed.writeUInt8(signed.readUInt8(40) ^ 1, 40);
  expect(verify('sha256', signed, { key, ...options }, Buffer.from(signature, 'base64url'))).toBe(false);
});

test('[CRY-1] signing keys are sealed in the database, RSA of 3072 bits, and the same on every node', async () => {
  const rows = await at.database.db.selectFrom('signing_key').selectAll().execute();
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.jwk_sealed?.includes('"kty"')).toBe(false);
  const { keys } = (await (await fetch(`${at.url}/oidc/jwks`)).json()) as { keys: JsonWebKey[] };
  const rsa = keys.find((one) => one.kty === 'RSA');
  expect(Buffer.from(rsa?.n ?? '', 'base64url').length * 8).toBe(3072);
});

test('the discovery document promises what is kept and no more, at the configured address, and may be cached', async () => {
  const response = await fetch(`${at.url}/.well-known/openid-configuration`, {
    headers: {
      host: new URL(at.issuer).host,
      'x-forwarded-proto': 'ftp',
      'x-forwarded-host': 'evil.example',
    },
  });
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  const document = (await response.json()) as Record<string, unknown>;
  const algs = ['ES256', 'PS256', 'Ed25519'];
  const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];
  (document.id_token_signing_alg_values_supported as string[]).sort();
  expect(document).toEqual({
    issuer: at.issuer,
    authorization_endpoint: `${at.issuer}/oidc/authorize`,
    token_endpoint: `${at.issuer}/oidc/token`,
    userinfo_endpoint: `${at.issuer}/oidc/userinfo`,
    jwks_uri: `${at.issuer}/oidc/jwks`,
    pushed_authorization_request_endpoint: `${at.issuer}/oidc/par`,
    introspection_endpoint: `${at.issuer}/oidc/introspect`,
    revocation_endpoint: `${at.issuer}/oidc/revoke`,
    end_session_endpoint: `${at.issuer}/oidc/sign-out`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['pairwise', 'public'],
    scopes_supported: ['openid', 'offline_access', 'profile', 'email', 'phone'],
    claims_supported: expect.arrayContaining(['sub', 'acr', 'amr', 'auth_time', 'email', 'iss', 'sid']),
    acr_values_supported: [1, 2].map((level) => `urn:sigillo:level:${level}`),
    claim_types_supported: ['normal'],
    claims_parameter_supported: true,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ['ES256', 'PS256'],
    dpop_signing_alg_values_supported: algs,
    token_endpoint_auth_methods_supported: [...methods, 'none'],
    token_endpoint_auth_signing_alg_values_supported: algs,
    revocation_endpoint_auth_methods_supported: [...methods, 'none'],
    revocation_endpoint_auth_signing_alg_values_supported: algs,
    introspection_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_signing_alg_values_supported: algs,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    ui_locales_supported: ['it', 'en'],
  });
});

test('nothing that opens anything is in the database in the clear', async () => {
  const account = await at.account();
  const { browser } = await at.signedIn(account);
  const hint = 'somebody@example.org';
  const request = flow('portal', { scope: 'openid offline_access', prompt: 'consent', login_hint: hint });
  const { to } = await walk(at, browser, request);
  const { body } = await redeem(at.url, request, to);
  const values = [to.searchParams.get('code'), body.access_token, body.refresh_token, request.nonce, hint];
  const rows = await at.database.db.selectFrom('oidc_artifact').selectAll().execute();
  const stored = JSON.stringify(rows);
  expect(rows.map((row) => row.model)).toContain('RefreshToken');
  for (const value of values) {
    expect(value).toBeTruthy();
    expect(stored).not.toContain(value);
  }
});
