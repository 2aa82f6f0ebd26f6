import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../../apps/server/src/platform/ids.ts';
import { runCommand } from '../setup/command.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { good, signIn } from '../setup/journeys.ts';
import { type LogoutListener, startLogoutListener } from '../setup/logout-listener.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { SCENARIOS } from '../setup/scenarios.ts';
import type { TestServer } from '../setup/server.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLIENT = 'customer-care';

let folder: string;
let listener: LogoutListener;
let on: PopulatedInstallation;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigillo-logout-'));
  listener = await startLogoutListener();
  const clientsFile = join(folder, 'clients.json');
  const known = JSON.parse(await readFile(join(ROOT, 'apps/demo/relying-parties.json'), 'utf8'));
  for (const one of known)
    if (one.clientId === CLIENT) one.backchannelLogoutUri = `http://${listener.host}/logout`;
  await writeFile(clientsFile, JSON.stringify(known));
  on = await populatedInstallation(2, {
    SIGILLO_CLIENTS_FILE: clientsFile,
    SIGILLO_OUTGOING_ALLOWED_HOSTS: listener.host,
  });
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  listener.close();
  await rm(folder, { recursive: true });
});

/** What a command printed that went well. */
async function sigillo(...args: string[]): Promise<string> {
  const { code, text } = await runCommand(on, { folder }, args);
  if (code !== 0) throw new Error(text);
  return text;
}

/** A signed-in browser signs in to the portal; false when nobody is signed in there. */
async function enterPortal(browser: HttpBrowser): Promise<boolean> {
  const query = new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: 'http://127.0.0.1:8082/callback',
    response_type: 'code',
    scope: 'openid',
    state: 'of the test',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const asked = whereTo(await browser.request('GET', `/oidc/authorize?${query}`));
  if (asked.pathname !== '/consent') return asked.searchParams.has('code');
  const consent = { interaction: asked.searchParams.get('interaction'), accept: true };
  const { redirectTo } = good(await browser.post<{ redirectTo: string }>('/api/consent', consent));
  return whereTo(await browser.request('GET', redirectTo)).searchParams.has('code');
}

const whereTo = (response: Response): URL =>
  new URL(response.headers.get('location') ?? '', 'http://localhost');

/** The sessions of an account, as the portal knows them. */
async function sidsOf(accountId: string): Promise<string[]> {
  const { db } = on.database;
  const rows = await db
    .selectFrom('session_client')
    .select('sid')
    .where('account_id', '=', accountId)
    .execute();
  return rows.map(({ sid }) => sid);
}

const told = () =>
  listener.tokens.map(
    (token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid,
  );

const ENDING = [
  'signOut',
  'endAllSessions',
  'completePasswordReset',
  'finishPasswordChange',
  'cancelContactChange',
  'removeAuthenticator',
  'removeDevice',
  'removeDeviceItself',
];

test(`[OIDC-8] sessions that end end at the portal too: ${ENDING.join(', ')}`, {
  timeout: 90_000,
}, async () => {
  const holders = new Map<string, string>();
  for (const operation of ENDING) {
    const { holder, browser, method, path, body } = await SCENARIOS[operation]!(on);
    const other = await signIn(on, on.browser(1), holder!).catch(() => undefined);
    const entered = [await enterPortal(browser), other ? await enterPortal(other) : false];
    expect(entered, operation).toContain(true);
    expect((await browser.request(method, path, body)).status, operation).toBeLessThan(300);
    holders.set(operation, holder!.id);
  }
  for (const [operation, id] of holders) {
    const sids = await sidsOf(id);
    const isTold = () => told().some((sid) => sids.includes(sid));
    await expect.poll(isTold, { timeout: 20_000, message: operation }).toBe(true);
  }
});

test('[OIDC-8] a session that is ended from the list of sessions ends at the portal too', async () => {
  const holder = await on.holder();
  const [here, there] = [await signIn(on, on.browser(), holder), await signIn(on, on.browser(1), holder)];
  expect(await enterPortal(there)).toBe(true);
  const list = await here.get<{ sessions: { id: string; current: boolean }[] }>('/api/account/sessions');
  const id = good(list).sessions.find(({ current }) => !current)?.id;
  const before = listener.tokens.length;
  good(await here.post(`/api/account/sessions/${id}/end`));
  await expect.poll(() => listener.tokens.length, { timeout: 20_000 }).toBe(before + 1);
});

test('[AVL-2] a node that is killed while a portal hangs: another node tells the portal', async () => {
  const [survivor, victim] = on.nodes as [TestServer, TestServer];
  const write = await SCENARIOS.signOut!(on);
  expect(await enterPortal(write.browser)).toBe(true);
  const before = listener.tokens.length;
  listener.answers(false);
  survivor.process.kill('SIGSTOP'); // the victim takes it
  const { status } = await write.browser.at(victim.url).request(write.method, write.path, write.body);
  expect(status).toBe(204);
  await expect.poll(() => listener.tokens.length, { timeout: 20_000 }).toBe(before + 1);
  await victim.kill();
  survivor.process.kill('SIGCONT');
  listener.answers(true);
  await on.advance(60);
  await expect.poll(() => listener.tokens.length, { timeout: 20_000 }).toBe(before + 2);
  const waiting = () => on.database.db.selectFrom('logout_notice').selectAll().execute();
  await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
  expect(new Set(listener.tokens.slice(-2)).size).toBe(2);
});

test('[OIDC-8] sigillo client logouts shows what was given up, retry-logouts has the portal told', {
  timeout: 90_000,
}, async () => {
  const at = new Date(on.nowMs());
  const dead = { account_id: (await on.holder()).id, session_id: uuidv7(on.nowMs()), client_id: CLIENT };
  const row = {
    ...dead,
    sid: 'of a session',
    ended_at: at,
    given_up_at: at,
    attempts: 10,
    reason: 'ETIMEDOUT',
  };
  await on.database.db.insertInto('logout_dead').values(row).execute();
  const line = `${at.toISOString()}  ${CLIENT}  session ${dead.session_id}  10 attempts: ETIMEDOUT`;
  expect(await sigillo('client', 'logouts')).toBe(`${line}\n`);
  expect(await sigillo('client', 'retry-logouts', CLIENT)).toBe('1 logouts are told again.\n');
  await expect.poll(told, { timeout: 20_000 }).toContain('of a session');
});

test('[CRY-2] sigillo keys shows and swaps signing keys, and running nodes follow by themselves', async () => {
  const lineOf = (text: string, state: string) =>
    text.split('\n').find((line) => line.includes(`  ES256  ${state}  `));
  // Nodes make the next keys by themselves when the first ones have signed for an hour.
  await on.advance(3600);
  const all = () => on.database.db.selectFrom('signing_key').select('kid').execute();
  await expect.poll(all, { timeout: 60_000 }).toHaveLength(4);
  const [bad = ''] = (lineOf(await sigillo('keys', 'list'), 'signing') ?? '').split(' ');
  const kids = async () => {
    const { keys } = (await (await fetch(`${on.server.url}/oidc/jwks`)).json()) as {
      keys: { kid: string }[];
    };
    return keys.map(({ kid }) => kid);
  };
  expect(await kids()).toContain(bad);
  const said = await sigillo('keys', 'compromised', bad);
  expect(lineOf(said, 'signing')).toBeDefined();
  expect(said).not.toContain(bad);
  await expect.poll(kids, { timeout: 60_000 }).not.toContain(bad);
});
