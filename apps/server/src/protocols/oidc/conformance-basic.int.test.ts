import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';
import { SECURE_CLIENTS } from './secure-clients.fixture.ts';
import {
  askAs,
  type Form,
  redeemAs,
  refreshAs,
  requestOf,
  said,
  signInTo,
  userinfoAs,
} from './secure-flow.fixture.ts';

// The negatives of the OpenID Foundation's plan for the Basic profile: what a certified server has to refuse, in the
// words of the plan, and how it refuses. What has to succeed is shown where it belongs.

let at: OidcInstallation;
let browser: HttpBrowser;
beforeAll(async () => {
  at = await oidcInstallation(1, { clients: SECURE_CLIENTS });
  browser = (await at.signedIn(await at.account())).browser;
});
afterAll(() => at[Symbol.asyncDispose]());

type Changes = Record<string, string | undefined>;

const authorize = (more: Changes, by?: HttpBrowser) => askAs(at, requestOf('shop', more).query, by);
/** The client's token request, but for the given changes; sent until it fails or as often as told. */
async function codeOf(clientId: string, changes: Form, { times = 1, by = clientId, waitSeconds = 0 } = {}) {
  const request = requestOf(clientId);
  const { to } = await walk(at, browser, request);
  let answer = await redeemAs(at, by, request, to, changes as never);
  for (let time = 1; time < times; time++) {
    at.advance(waitSeconds);
    answer = await redeemAs(at, by, request, to, changes as never);
  }
  return { said: said(answer), request, to };
}

const CASES: [name: string, run: () => Promise<string>, expected: string][] = [
  ['oidcc-response-type-missing', () => authorize({ response_type: undefined }), 'invalid_request'],
  [
    'oidcc-ensure-registered-redirect-uri',
    () => authorize({ redirect_uri: 'https://shop.example.org/other' }),
    'page invalid_redirect_uri',
  ],
  [
    'oidcc-redirect-uri-query-added',
    () => authorize({ redirect_uri: 'https://shop.example.org/callback?x=1' }),
    'page invalid_redirect_uri',
  ],
  ['oidcc-redirect-uri-missing', () => authorize({ redirect_uri: undefined }), 'page invalid_request'],
  ['oidcc-prompt-none-not-logged-in', () => authorize({ prompt: 'none' }), 'login_required'],
  ['oidcc-prompt-none-and-login', () => authorize({ prompt: 'none login' }), 'invalid_request'],
  ['oidcc-max-age-negative', () => authorize({ max_age: '-1' }), 'invalid_request'],
  [
    'oidcc-claims-essential-acr-unreachable',
    () => authorize({ claims: '{"id_token":{"acr":{"essential":true,"value":"x"}}}' }),
    'unmet_authentication_requirements',
  ],
  [
    'oidcc-unsigned-request-object-rejected-as-unsupported',
    () => authorize({ request: 'eyJhbGciOiJub25lIn0.e30.' }),
    'request_not_supported',
  ],
  [
    'oidcc-request-uri-rejected-as-unsupported',
    () => authorize({ request_uri: 'https://shop.example.org/r' }),
    'request_uri_not_supported',
  ],
  [
    'oidcc-registration-rejected-as-unsupported',
    () => authorize({ registration: '{}' }),
    'registration_not_supported',
  ],
  [
    'oidcc-id-token-hint-garbage',
    () => authorize({ id_token_hint: 'x.y.z', prompt: 'none' }),
    'invalid_request',
  ],
  ['oidcc-unknown-client', () => authorize({ client_id: 'nobody' }), 'page invalid_client'],
  ['oidcc-codereuse', async () => (await codeOf('shop', {}, { times: 2 })).said, '400 invalid_grant'],
  [
    'oidcc-codereuse-30seconds',
    async () => (await codeOf('shop', {}, { times: 2, waitSeconds: 30 })).said,
    '400 invalid_grant',
  ],
  [
    'oidcc-code-of-another-client',
    async () => (await codeOf('shop', {}, { by: 'ledger' })).said,
    '400 invalid_grant',
  ],
  [
    'oidcc-code-with-another-redirect-uri',
    async () => (await codeOf('shop', { redirect_uri: 'https://shop.example.org/x' })).said,
    '400 invalid_grant',
  ],
  [
    'oidcc-code-without-redirect-uri',
    async () => (await codeOf('shop', { redirect_uri: '' })).said,
    '400 invalid_request',
  ],
  [
    'oidcc-code-with-wrong-secret',
    async () => (await codeOf('shop', { client_secret: 'x'.repeat(40) })).said,
    '401 invalid_client',
  ],
  [
    'oidcc-code-without-grant-type',
    async () => (await codeOf('shop', { grant_type: '' })).said,
    '400 invalid_request',
  ],
  [
    'oidcc-code-without-pkce-verifier',
    async () => (await codeOf('shop', { code_verifier: '' })).said,
    '400 invalid_grant',
  ],
  [
    'oidcc-refresh-token-unknown',
    async () => said(await refreshAs(at, 'shop', 'nothing')),
    '400 invalid_grant',
  ],
  [
    'oidcc-refresh-token-wider-scope',
    async () => {
      const { body } = await signInTo(at, 'shop', { scope: 'openid offline_access', prompt: 'consent' });
      return said(await refreshAs(at, 'shop', body.refresh_token, { scope: 'openid email' } as never));
    },
    '400 invalid_scope',
  ],
  ['oidcc-userinfo-without-token', async () => said(await userinfoAs(at, '', {})), '401 invalid_token'],
  [
    'oidcc-userinfo-token-in-query',
    async () => {
      const { body } = await signInTo(at, 'shop');
      return `${(await fetch(`${at.url}/oidc/userinfo?access_token=${body.access_token}`)).status}`;
    },
    '400',
  ],
];

test.each(CASES)('[OIDC-1] Basic profile: %s', async (_name, run, expected) => {
  expect(await run()).toBe(expected);
});
