import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../platform/clock/clock.ts';
import { addClient, listClients, type NewClient, removeClient } from './client-commands.ts';
import { CLIENTS } from './clients.fixture.ts';
import { applyClientsFile, parseClients } from './clients-file.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation();
});
afterAll(() => at[Symbol.asyncDispose]());

const deps = () => ({ db: at.db, relyingParties: at.relyingParties, clock: systemClock });
const [portal] = CLIENTS;
const { clientSecret, ...registration } = portal;
const wanted = { ...registration, clientId: 'added' } as unknown as NewClient;

/** Whether a client may ask for tokens with this secret: a wrong code is then all that is wrong. */
async function answerTo(clientId: string, secret = ''): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
  const params = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://x.example/' };
  const body = new URLSearchParams(params);
  const response = await fetch(`${at.url}/oidc/token`, { method: 'POST', headers: { authorization }, body });
  return ((await response.json()) as { error: string }).error;
}

test('[CRY-3] secrets of clients are sealed', async () => {
  const rows = await at.db.selectFrom('relying_party').selectAll().execute();
  expect(rows.find((row) => row.client_id === 'portal')?.secret_sealed).toBeInstanceOf(Buffer);
  const stored = JSON.stringify(
    rows.map((row) => ({ ...row, secret_sealed: row.secret_sealed?.toString('latin1') })),
  );
  expect(stored).not.toContain(clientSecret);
});

test('a client added by the command is given its secret once, and can use it', async () => {
  const secret = await addClient(deps(), wanted);
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await answerTo('added', secret)).toBe('invalid_grant');
  expect(await answerTo('added', 'x'.repeat(43))).toBe('invalid_client');
  const listed = (await listClients(deps())).find((one) => one.clientId === 'added');
  expect(listed).toMatchObject({ source: 'cli', isEnabled: true, name: { en: 'Portal' } });
  expect(JSON.stringify(listed)).not.toContain(secret);
});

test('adding it again replaces the secret; a public client has none', async () => {
  const [first, second] = [await addClient(deps(), wanted), await addClient(deps(), wanted)];
  expect(await answerTo('added', first)).toBe('invalid_client');
  expect(await answerTo('added', second)).toBe('invalid_grant');
  const isPublic = { ...wanted, clientId: 'public', tokenEndpointAuthMethod: 'none' as const };
  expect(await addClient(deps(), isPublic)).toBeUndefined();
});

test('a removed client is gone for everybody, and comes back when it is added', async () => {
  const secret = await addClient(deps(), wanted);
  await removeClient(deps(), 'added');
  expect(await answerTo('added', secret)).toBe('invalid_client');
  expect(await at.relyingParties.find('added')).toBeUndefined();
  await expect(removeClient(deps(), 'added')).rejects.toThrow('There is no client added');
  expect(await answerTo('added', await addClient(deps(), wanted))).toBe('invalid_grant');
});

test('what the clients file says is changed in the file alone', async () => {
  await expect(removeClient(deps(), 'portal')).rejects.toThrow('stands in the clients file');
  await expect(addClient(deps(), { ...wanted, clientId: 'portal' })).rejects.toThrow('the clients file');
  await expect(addClient(deps(), { ...wanted, scopes: ['email'] })).rejects.toThrow(
    'scopes: has to contain openid',
  );
});

test('the file is what there is at every start; clients of other sources stay', async () => {
  await addClient(deps(), wanted);
  const entries = parseClients(CLIENTS, 'in this test');
  await applyClientsFile(deps(), entries.slice(0, 1));
  expect(await at.relyingParties.find('portal')).toBeDefined();
  expect(await at.relyingParties.find('spa')).toBeUndefined();
  expect(await at.relyingParties.find('added')).toBeDefined();
  await applyClientsFile(deps(), []);
  expect(await at.relyingParties.find('portal')).toBeUndefined();
  await applyClientsFile(deps(), entries);
  expect(await at.relyingParties.find('spa')).toBeDefined();
});

test('[WEB-1] a logo is served as an image that runs nothing, under an address of its own', async () => {
  const party = await at.relyingParties.find('portal');
  const response = await fetch(`${at.url}${party?.logoUrl}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/svg+xml');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none';.*; sandbox$/);
  expect(policy).not.toContain('script-src');
  expect(await response.text()).toMatch(/^<svg/);
  for (const none of ['spa', 'nobody']) expect((await fetch(`${at.url}/logos/${none}`)).status).toBe(404);
});
