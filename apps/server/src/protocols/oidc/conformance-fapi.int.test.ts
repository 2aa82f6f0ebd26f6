import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import {
  assertion,
  assertionParams,
  ath,
  type ClientKey,
  KEYS,
  newKey,
  PAYMENTS_API,
  post,
  proof,
  SECURE_CLIENTS,
} from './secure-clients.fixture.ts';
import { askAs, push, pushed, requestOf, said, signInTo, userinfoAs } from './secure-flow.fixture.ts';

// The negatives of the OpenID Foundation's plan for the FAPI 2.0 Security Profile, with private_key_jwt and DPoP:
// what a certified server has to refuse, in the words of the plan, and how it refuses. What has to succeed is shown
// where it belongs.

let at: OidcInstallation;
let browser: HttpBrowser;
beforeAll(async () => {
  at = await oidcInstallation(1, { clients: SECURE_CLIENTS });
  browser = (await at.signedIn(await at.account())).browser;
});
afterAll(() => at[Symbol.asyncDispose]());

type Changes = Record<string, string | undefined>;

const now = () => Math.floor(Date.now() / 1000);
const pushBank = async (more: Changes) => said(await push(at, 'bank', requestOf('bank', more)));

/** The bank's token request for a code that is bound to a key, with another assertion, or another proof. */
async function bankToken(
  claims: object,
  header: object = {},
  prove: (key: ClientKey, url: string) => Promise<string | undefined> = (key, url) => proof(key, 'POST', url),
) {
  const key = newKey('ES256');
  const request = requestOf('bank');
  const { to } = await walk(at, browser, pushed('bank', request, await push(at, 'bank', request, key)));
  const dpop = await prove(key, `${at.issuer}/oidc/token`);
  const form = {
    ...assertionParams(await assertion(KEYS.bank, 'bank', at.issuer, { ...claims }, { ...header })),
    grant_type: 'authorization_code',
    code: to.searchParams.get('code') ?? '',
    redirect_uri: request.query.get('redirect_uri') ?? '',
    code_verifier: request.verifier,
  };
  return said(await post(`${at.url}/oidc/token`, form, dpop ? { dpop } : {}));
}

const bankProof = (more: object, header: object = {}) =>
  bankToken({}, {}, (key, url) => proof(key, 'POST', url, { ...more }, { ...header }));

async function presented(request_uri: string, clientId = 'bank') {
  return askAs(at, new URLSearchParams({ client_id: clientId, request_uri }), browser);
}

const CASES: [name: string, run: () => Promise<string>, expected: string][] = [
  [
    'ensure-unsigned-authorization-request-without-using-par-fails',
    () => askAs(at, requestOf('bank').query),
    'invalid_request',
  ],
  [
    'ensure-redirect-uri-in-authorization-request',
    () => pushBank({ redirect_uri: undefined }),
    '400 invalid_request',
  ],
  [
    'ensure-registered-redirect-uri',
    () => pushBank({ redirect_uri: 'https://bank.example.org/callback?x=1' }),
    '400 invalid_request',
  ],
  [
    'ensure-redirect-uri-is-https',
    () => pushBank({ redirect_uri: 'http://bank.example.org/callback' }),
    '400 invalid_request',
  ],
  [
    'ensure-response-type-code-idtoken-fails',
    () => pushBank({ response_type: 'code id_token' }),
    '400 invalid_request',
  ],
  ['ensure-response-type-token-fails', () => pushBank({ response_type: 'token' }), '400 invalid_request'],
  ['ensure-response-mode-query', () => pushBank({ response_mode: 'fragment' }), '400 invalid_request'],
  [
    'par-ensure-pkce-required',
    () => pushBank({ code_challenge: undefined, code_challenge_method: undefined }),
    '400 invalid_request',
  ],
  ['par-plain-pkce-rejected', () => pushBank({ code_challenge_method: 'plain' }), '400 invalid_request'],
  ['par-pkce-method-missing', () => pushBank({ code_challenge_method: undefined }), '400 invalid_request'],
  [
    'par-authorization-request-containing-request-uri',
    () => pushBank({ request_uri: 'urn:ietf:params:oauth:request_uri:x' }),
    '400 request_uri_not_supported',
  ],
  [
    'par-request-object-unsigned',
    () => pushBank({ request: 'eyJhbGciOiJub25lIn0.e30.' }),
    '400 request_not_supported',
  ],
  ['par-resource-not-registered', () => pushBank({ resource: PAYMENTS_API }), '400 invalid_target'],
  [
    'par-without-client-authentication',
    async () => said(await post(`${at.url}/oidc/par`, Object.fromEntries(requestOf('bank').query))),
    '401 invalid_client',
  ],
  [
    'par-attempt-to-use-expired-request_uri',
    async () => {
      const { body } = await push(at, 'bank', requestOf('bank'));
      at.advance(body.expires_in + 1);
      return presented(body.request_uri);
    },
    'page invalid_request_uri',
  ],
  [
    'par-attempt-to-use-request_uri-for-different-client',
    async () => presented((await push(at, 'bank', requestOf('bank'))).body.request_uri, 'ledger'),
    'page invalid_request_object',
  ],
  [
    'par-attempt-reuse-request_uri',
    async () => {
      const request = requestOf('bank');
      const going = pushed('bank', request, await push(at, 'bank', request));
      await walk(at, browser, going);
      return askAs(at, going.query, browser);
    },
    'page invalid_request_uri',
  ],
  [
    'par-attempt-invalid-request_uri',
    () => presented('urn:ietf:params:oauth:request_uri:nothing'),
    'page invalid_request_uri',
  ],
  ['ensure-client-assertion-in-token-endpoint', () => bankToken({ aud: undefined }), '401 invalid_client'],
  [
    'ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
    () => bankToken({ iat: now() - 360, exp: now() - 300 }),
    '401 invalid_client',
  ],
  [
    'ensure-client-assertion-with-wrong-aud-fails',
    () => bankToken({ aud: 'https://evil.example' }),
    '401 invalid_client',
  ],
  ['ensure-client-assertion-aud-is-a-string', () => bankToken({ aud: [at.issuer] }), '401 invalid_client'],
  [
    'ensure-client-assertion-aud-token-endpoint-fails',
    () => bankToken({ aud: `${at.issuer}/oidc/token` }),
    '401 invalid_client',
  ],
  ['ensure-client-assertion-with-no-sub-fails', () => bankToken({ sub: undefined }), '401 invalid_client'],
  [
    'ensure-client-assertion-with-another-sub-fails',
    () => bankToken({ sub: 'ledger' }),
    '401 invalid_client',
  ],
  [
    'ensure-client-assertion-with-iat-60-seconds-ahead-fails',
    () => bankToken({ iat: now() + 61, exp: now() + 100 }),
    '401 invalid_client',
  ],
  [
    'ensure-signed-client-assertion-with-RS256-fails',
    () => bankToken({}, { alg: 'RS256' }),
    '401 invalid_client',
  ],
  [
    'ensure-client-assertion-accepted-with-8-seconds-ahead',
    () => bankToken({ iat: now() + 8, nbf: now() + 8 }),
    '200 accepted',
  ],
  ['ensure-holder-of-key-required', () => bankToken({}, {}, async () => undefined), '400 invalid_grant'],
  [
    'ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt',
    () => bankToken({}, {}, (_key, url) => proof(newKey('ES256'), 'POST', url)),
    '400 invalid_grant',
  ],
  ['dpop-negative-tests: htm', () => bankProof({ htm: 'GET' }), '400 invalid_dpop_proof'],
  ['dpop-negative-tests: htu', () => bankProof({ htu: `${at.issuer}/oidc/par` }), '400 invalid_dpop_proof'],
  ['dpop-negative-tests: iat in the past', () => bankProof({ iat: now() - 3600 }), '400 use_dpop_nonce'],
  ['dpop-negative-tests: jti missing', () => bankProof({ jti: undefined }), '400 invalid_dpop_proof'],
  ['dpop-negative-tests: typ', () => bankProof({}, { typ: 'JWT' }), '400 invalid_dpop_proof'],
  ['dpop-negative-tests: jwk missing', () => bankProof({}, { jwk: undefined }), '400 invalid_dpop_proof'],
  [
    'resource-endpoint-without-proof-fails',
    async () => {
      const { body } = await signInTo(at, 'bank', { key: newKey('ES256'), par: true });
      return said(await userinfoAs(at, body.access_token));
    },
    '401 invalid_token',
  ],
  [
    'resource-endpoint-with-proof-of-another-key-fails',
    async () => {
      const { body } = await signInTo(at, 'bank', { key: newKey('ES256'), par: true });
      const dpop = await proof(newKey('ES256'), 'GET', `${at.issuer}/oidc/userinfo`, {
        ath: ath(body.access_token),
      });
      return said(
        await userinfoAs(at, body.access_token, { authorization: `DPoP ${body.access_token}`, dpop }),
      );
    },
    '401 invalid_token',
  ],
];

test.each(CASES)('[OIDC-5] [OIDC-9] FAPI 2.0: %s', async (_name, run, expected) => {
  expect(await run()).toBe(expected);
});
