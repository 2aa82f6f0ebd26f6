import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyDatabase, keptInstallation, nameOf } from '../setup/backups.ts';
import { type HttpBrowser, hooks } from '../setup/http-browser.ts';
import { enterPassword, good, outcome, signIn, tryPassword } from '../setup/journeys.ts';
import type { Holder, PopulatedInstallation } from '../setup/populated.ts';
import type { Prepared } from '../setup/prepared.ts';
import { SCENARIOS } from '../setup/scenarios.ts';
import type { TestServer } from '../setup/server.ts';

const MINUTE_SECONDS = 60;

let kept: Awaited<ReturnType<typeof keptInstallation>>;
let on: PopulatedInstallation;
let node: TestServer;
beforeAll(async () => {
  kept = await keptInstallation();
  on = kept.on;
  node = on.server;
});
afterAll(() => kept[Symbol.asyncDispose]());

const VERIFIER = 'v'.repeat(43);
const RETURN = 'http://127.0.0.1:8082/callback';

/** A code for the portal, of whoever is signed in; they consent. */
async function codeFor(browser: HttpBrowser, more: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({
    client_id: 'customer-care',
    redirect_uri: RETURN,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  let path = `/oidc/authorize?${query}`;
  for (let step = 0; step < 5; step++) {
    const { searchParams } = new URL(
      (await browser.request('GET', path)).headers.get('location') ?? '',
      RETURN,
    );
    const code = searchParams.get('code');
    if (code !== null) return code;
    const interaction = searchParams.get('interaction');
    path = good(
      await browser.post<{ redirectTo: string }>('/api/consent', { interaction, accept: true }),
    ).redirectTo;
  }
  throw new Error('no code came');
}

async function tokens(params: Record<string, string>) {
  const secret = Buffer.from('customer-care:development-only-secret-of-customer-care').toString('base64');
  const answer = await fetch(`${node.url}/oidc/token`, {
    method: 'POST',
    headers: { host: new URL(on.server.issuer).host, authorization: `Basic ${secret}` },
    body: new URLSearchParams(params),
  });
  return (await answer.json()) as { refresh_token?: string; access_token?: string; error?: string };
}
const redeem = (code: string) =>
  tokens({ grant_type: 'authorization_code', code, redirect_uri: RETURN, code_verifier: VERIFIER });
const refresh = (token = '') => tokens({ grant_type: 'refresh_token', refresh_token: token });

const sendPrepared = ({ browser, method, path, body }: Prepared) =>
  browser.at(node.url).request(method, path, body);

/** What goes on with something that is open when the backup is made: each a way to bring it to life again. */
const OPEN = [
  'finishStepUp',
  'finishSignIn',
  'proveChallenge',
  'finishEnrolment',
  'startRecovery',
  'confirmRegistration',
  'decideConsent',
  'approveOperation',
  'redeemQr',
  'finishLink',
  'pairDevice',
  'approveRequest',
  'endAllSessions',
];
/** What takes something away; but for the last one, which all sessions share, it is noted outside the database. */
const REVOKING = [
  'completePasswordReset',
  'finishPasswordChange',
  'removeAuthenticator',
  'revokeConsent',
  'removeDevice',
  'signOut',
];

async function signInOf(holder: Holder, password = holder.password): Promise<string> {
  return outcome(await tryPassword(on.browser().at(node.url), holder.email, password));
}

test('[AVL-5] a restored backup revives no code, session or token and undoes no revocation', {
  timeout: 180_000,
}, async () => {
  const live = await nameOf(on.database.db);
  const prepared = new Map<string, Prepared>();
  // Last what has to be fresh when it is sent: others move the clock.
  for (const name of [...OPEN, ...REVOKING]) prepared.set(name, await SCENARIOS[name]!(on));
  await on.advance(MINUTE_SECONDS);
  await expect.poll(blocks, { timeout: 15_000 }).toBeGreaterThan(0);
  const person = await on.holder();
  const browser = await signIn(on, on.browser(), person);
  const offline = await codeFor(browser, { scope: 'openid offline_access', prompt: 'consent' });
  const { refresh_token: token, access_token: access } = await redeem(offline);
  expect([token, access]).toEqual([expect.any(String), expect.any(String)]);
  const [spent, unspent] = [await codeFor(browser), await codeFor(browser)];

  await node.stop();
  await copyDatabase(live, kept.backup);
  node = await on.addNode();

  // Life goes on: things are used, ended and taken away.
  for (const name of REVOKING)
    expect([name, (await sendPrepared(prepared.get(name)!)).status]).toEqual([
      name,
      expect.toSatisfy((status: number) => status < 300),
    ]);
  expect((await redeem(spent)).access_token).toEqual(expect.any(String));
  const blocksBefore = await blocks();
  await hooks(node.url).advance(MINUTE_SECONDS);
  await expect.poll(() => blocks(), { timeout: 15_000 }).toBeGreaterThan(blocksBefore);
  await expect.poll(noted, { timeout: 15_000 }).toBe(0);

  await node.stop();
  await copyDatabase(kept.backup, live);
  await expect(on.addNode(), 'no node starts on it').rejects.toThrow('after-restore');
  expect(await kept.sigillo('after-restore')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/5 of 5 revocations were done again[\s\S]*goes on with block/),
  });
  node = await on.addNode();

  const { browser: signedOut } = prepared.get('signOut')!;
  expect((await signedOut.at(node.url).get('/api/session')).body).toMatchObject({ signedIn: false });
  prepared.delete('signOut'); // whoever is signed out already may say so again
  const alive: string[] = [];
  for (const [name, write] of prepared) {
    const { status } = await sendPrepared(write);
    if (status < 400 || status >= 500) alive.push(`${name}: ${status}`);
  }
  expect(alive).toEqual([]);
  for (const code of [spent, unspent, offline]) expect((await redeem(code)).error).toBe('invalid_grant');
  expect((await refresh(token)).error).toBe('invalid_grant');
  const claims = await on
    .browser()
    .at(node.url)
    .request('GET', '/oidc/userinfo', undefined, { authorization: `Bearer ${access}` });
  expect(claims.status).toBe(401);
  expect((await browser.at(node.url).get('/api/session')).body).toMatchObject({ signedIn: false });

  const reset = prepared.get('completePasswordReset')!.holder!;
  expect(await signInOf(reset), 'the password that was replaced').toBe('422 sign-in-refused');
  expect(await signInOf(reset, String(prepared.get('completePasswordReset')!.body.password))).toBe(
    '422 sign-in-refused',
  );
  const removed = prepared.get('removeAuthenticator')!.holder!;
  const { options } = await enterPassword(on.browser().at(node.url), removed);
  expect(options.filter(({ method }) => method === 'totp')).toEqual([]);
  expect(await signInOf(person), 'everybody else signs in as before').toBe('200');
  expect(await kept.sigillo('audit', 'verify')).toMatchObject({ code: 0 });
});

const blocks = async () =>
  (await on.database.db.selectFrom('audit_head').select('block_number').executeTakeFirstOrThrow())
    .block_number;
const noted = async () =>
  (await on.database.db.selectFrom('revocation_pending').select('id').execute()).length;
