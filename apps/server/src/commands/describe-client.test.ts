import { expect, test } from 'vitest';
import { PLAIN } from '../protocols/oidc/client-rules.ts';
import { describeClient, describeInLine } from './describe-client.ts';
import { printable } from './with-platform.ts';

const plain = {
  clientId: 'portal',
  source: 'config' as const,
  name: { it: 'Portale', en: 'Portal' },
  redirectUris: ['https://portal.example.org/callback'],
  scopes: ['openid', 'email'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  signingAlg: undefined,
  jwksUri: undefined,
  isBound: false,
  rules: PLAIN,
  isEnabled: true,
};

test('a client as most are says nothing of what it is not', () => {
  expect(describeInLine(plain)).toBe('portal  Portal  client_secret_basic  from config');
  expect(describeClient(plain).join('\n')).toBe(`name                    Portal, Portale
registered by           config
state                   enabled
redirect URIs           https://portal.example.org/callback
scopes                  openid, email
authentication          client_secret_basic
tokens bound to a key   where a proof is sent
high security           off
compatibility           none`);
});

test('every compatibility switch that is on is seen, in the list and by itself', () => {
  const legacy = {
    ...plain,
    rules: { ...PLAIN, compatibility: ['without-pkce', 'endpoint-audience'] as const },
  };
  expect(describeInLine(legacy)).toContain('(COMPATIBILITY: without-pkce, COMPATIBILITY: endpoint-audience)');
  expect(describeClient(legacy).join('\n')).toMatch(/^compatibility +without-pkce, endpoint-audience$/m);
});

test('a client of high security shows how it proves itself, and what it may ask for', () => {
  const bank = {
    ...plain,
    tokenEndpointAuthMethod: 'private_key_jwt',
    signingAlg: 'PS256',
    jwksUri: 'https://bank.example.org/keys',
    isBound: true,
    rules: {
      ...PLAIN,
      highSecurity: true,
      resources: [{ identifier: 'https://api.example.org/', accessTokenFormat: 'jwt' as const }],
      introspects: ['https://bank.example.org/'],
    },
  };
  const shown = describeClient(bank).join('\n');
  for (const line of [
    /^authentication +private_key_jwt, PS256$/m,
    /^keys +https:\/\/bank\.example\.org\/keys$/m,
    /^tokens bound to a key +always \(DPoP\)$/m,
    /^high security +on \(FAPI 2\.0\)$/m,
    /^tokens for +https:\/\/api\.example\.org\/ \(jwt\)$/m,
    /^is the API +https:\/\/bank\.example\.org\/$/m,
  ])
    expect(shown).toMatch(line);
});

const HOSTILE = 'Acme\u001b[2J\u001b]0;title\u0007\u202eslatrop\r\nFORGED line\u009b31m <script>';

test('[WEB-6] what a terminal would obey, or show in another order or on a line of its own, is written out', () => {
  const client = { ...plain, name: { en: HOSTILE, it: HOSTILE } };
  for (const line of [describeInLine(client), ...describeClient(client)]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    expect(printable(line)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  }
  expect(printable(HOSTILE)).toBe(
    'Acme\\u001b[2J\\u001b]0;title\\u0007\\u202eslatrop\\u000d\\nFORGED line\\u009b31m <script>',
  );
  expect(printable('Perché 名前 👩‍💻')).toBe('Perché 名前 👩‍💻');
});
