import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestAccount } from '../../../../../tests/setup/gate.ts';
import { NOBODY, readAudit } from '../../platform/audit/audit.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../platform/clock/clock.ts';
import { signingKeyStore } from '../../stores/oidc/signing-key.store.ts';
import { flow, redeem, refresh, walk } from './client.fixture.ts';
import { listSigningKeys, replaceCompromised, rotateSigningKeys } from './key-commands.ts';
import { KEY_LIFE } from './key-turns.ts';
import { type OidcInstallation, type OidcNode, oidcInstallation } from './oidc.fixture.ts';

let at: OidcInstallation;
let account: TestAccount;
beforeAll(async () => {
  at = await oidcInstallation(2);
  account = await at.account({ totp: true });
  at.advance(KEY_LIFE.alone / SECOND_MS);
  await keepAll();
});
afterAll(() => at[Symbol.asyncDispose]());

const keepAll = () => Promise.all(at.nodes.map(({ oidc }) => oidc.keepKeys()));
const nowMs = () => at.gate.clock.nowMs();
const rows = () => at.db.selectFrom('signing_key').selectAll().orderBy('created_at').execute();
const ports = () => ({
  store: signingKeyStore(at.db, at.keyring),
  now: at.gate.clock.now,
  transaction: at.gate.transaction,
  audit: at.gate.audit,
});

const headerOf = (jwt: string): { kid: string; alg: string } =>
  JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());

type Jwk = JsonWebKey & { kid: string };
const published = async (node: OidcNode): Promise<Jwk[]> =>
  ((await (await fetch(`${node.url}/oidc/jwks`)).json()) as { keys: Jwk[] }).keys;

/** A client that keeps the key set as long as it may, and asks for it in between for no key that it misses. */
function cachingClient(node: OidcNode) {
  let kept: { keys: Jwk[]; untilMs: number } | undefined;
  const keys = async () => {
    if (kept && nowMs() < kept.untilMs) return kept.keys;
    const response = await fetch(`${node.url}/oidc/jwks`);
    const [, seconds] = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '') ?? [];
    const read = (await response.json()) as { keys: Jwk[] };
    kept = { keys: read.keys, untilMs: nowMs() + Number(seconds) * SECOND_MS };
    return kept.keys;
  };
  return async (jwt: string): Promise<string> => {
    const { kid, alg } = headerOf(jwt);
    const jwk = (await keys()).find((one) => one.kid === kid);
    if (!jwk) return 'unknown key';
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const options =
      alg === 'ES256'
        ? ({ key, dsaEncoding: 'ieee-p1363' } as const)
        : { key, padding: 6 /* PSS */, saltLength: 32 };
    const [signed, signature] = [jwt.slice(0, jwt.lastIndexOf('.')), jwt.slice(jwt.lastIndexOf('.') + 1)];
    return verify('sha256', Buffer.from(signed), options, Buffer.from(signature, 'base64url'))
      ? 'good'
      : 'forged';
  };
}

/** A sign-in by the code flow, a refresh, and a sign-in where RSA is asked for: three ID tokens. */
async function idTokens(node: OidcNode): Promise<string[]> {
  const { browser } = await at.signedIn(account, ['password', 'totp']);
  const there = { ...at, ...node, issuer: at.issuer };
  const request = flow('portal', { scope: 'openid offline_access', prompt: 'consent' });
  const first = await redeem(node.url, request, (await walk(there, browser.at(node.url), request)).to);
  const second = await refresh(node.url, 'portal', first.body.refresh_token);
  const strict = flow('strict');
  const third = await redeem(node.url, strict, (await walk(there, browser.at(node.url), strict)).to);
  const tokens = [first, second, third].map(({ body }) => body.id_token);
  expect(tokens.map((token) => typeof token)).toEqual(['string', 'string', 'string']);
  return tokens;
}

/** To a second before the next turn, and a second after it, else two weeks ahead. */
async function nextStepMs(): Promise<number> {
  const turns = (await rows()).map(({ signs_from }) => signs_from.getTime());
  const moments = turns.flatMap((turnMs) => [turnMs - SECOND_MS, turnMs + SECOND_MS]);
  return Math.min(...moments.filter((momentMs) => momentMs > nowMs()), nowMs() + 14 * DAY_MS) - nowMs();
}

test('[CRY-2] keys take turns under sign-ins and refreshes on two nodes, and whoever keeps the key set as told never misses one', {
  timeout: 120_000,
}, async () => {
  const clients = at.nodes.map(cachingClient);
  const startMs = nowMs();
  const seen = new Map<string, { publishedMs: number; signedMs: number[] }>();
  while (nowMs() < startMs + 120 * DAY_MS) {
    at.advance((await nextStepMs()) / SECOND_MS);
    const [tokens] = await Promise.all([Promise.all(at.nodes.map(idTokens)), keepAll()]);
    for (const node of at.nodes)
      for (const { kid } of await published(node))
        if (!seen.has(kid)) seen.set(kid, { publishedMs: nowMs(), signedMs: [] });
    for (const token of tokens.flat()) {
      expect(await Promise.all(clients.map((client) => client(token)))).toEqual(['good', 'good']);
      seen.get(headerOf(token).kid)?.signedMs.push(nowMs());
    }
  }
  const all = await rows();
  // Two algorithms; on days 42 and 84 another key began, and the next one waits.
  expect(all).toHaveLength(8);
  for (const { kid, created_at, retired_at, jwk_sealed } of all) {
    const { publishedMs = 0, signedMs = [] } = seen.get(kid) ?? {};
    if (created_at.getTime() > startMs && signedMs.length > 0)
      expect((signedMs[0] ?? 0) - publishedMs).toBeGreaterThanOrEqual(DAY_MS);
    const last = signedMs.at(-1) ?? created_at.getTime();
    expect(last - created_at.getTime()).toBeLessThan(90 * DAY_MS);
    // 31 days and an hour: nothing that was signed with it is a hint any more.
    if (retired_at) expect(retired_at.getTime() - last).toBeGreaterThan(31 * DAY_MS + HOUR_MS);
    expect(retired_at === null).toBe(jwk_sealed !== null);
  }
  expect(all.filter(({ retired_at }) => retired_at)).toHaveLength(4);
  for (const node of at.nodes) expect((await published(node)).length).toBe(4);
});

test('[CRY-2] a compromised key is gone from both nodes, and from whoever keeps the key set, within five minutes', async () => {
  at.advance(24 * 3600); // no turn begins meanwhile
  await keepAll();
  const listed = await listSigningKeys(ports());
  const bad = listed.find(({ alg, state }) => alg === 'ES256' && state === 'signing')?.kid ?? '';
  const next = listed.find(({ alg, state }) => alg === 'ES256' && state === 'waiting')?.kid;
  const [client = cachingClient(at), other] = at.nodes.map(cachingClient);
  const [stolen = ''] = await idTokens(at);
  expect([headerOf(stolen).kid, await client(stolen)]).toEqual([bad, 'good']);

  await replaceCompromised(ports(), [bad]);
  at.advance(16); // the longest interval after which a node looks
  // Another client fetches the key set from a node that is just about to look.
  expect(await other?.(stolen)).toBe('good');
  await keepAll();
  for (const node of at.nodes) {
    expect((await published(node)).map(({ kid }) => kid)).not.toContain(bad);
    for (const token of await idTokens(node)) expect(await client(token)).toBe('good');
    const [fresh = ''] = await idTokens(node);
    expect(headerOf(fresh).kid).toBe(next);
  }
  at.advance(300 - 16);
  expect([await client(stolen), await other?.(stolen)]).toEqual(['unknown key', 'unknown key']);
  const gone = (await rows()).find(({ kid }) => kid === bad);
  expect(gone).toMatchObject({ compromised: true, jwk_sealed: null });
  const recorded = (await readAudit(at.db, at.keyring, NOBODY)).filter(({ details }) => details.kid === bad);
  expect(recorded.at(-1)).toMatchObject({ type: 'signing-key-compromised', actor: 'operator' });
});

test('[CRY-2] both the key that signs and the one that waits may be bad: a new one signs at once', async () => {
  const listed = await listSigningKeys(ports());
  const bad = listed.filter(({ alg, state }) => alg === 'PS256' && state !== 'former').map(({ kid }) => kid);
  expect(bad).toHaveLength(2);
  await replaceCompromised(ports(), bad);
  await keepAll();
  const token = (await idTokens(at)).at(-1) ?? '';
  expect(bad).not.toContain(headerOf(token).kid);
  expect(await cachingClient(at)(token)).toBe('good');
  await expect(replaceCompromised(ports(), bad)).rejects.toThrow('is not a key in use');
});

test('[CRY-2] an administrator may let the next key begin, though not before it has been published for a day', async () => {
  at.advance(24 * 3600);
  await keepAll();
  at.advance(2 * 24 * 3600);
  const before = await listSigningKeys(ports());
  const rotated = await rotateSigningKeys(ports());
  for (const { kid } of before.filter(({ state }) => state === 'waiting'))
    expect(rotated.find((one) => one.kid === kid)?.state).toBe('signing');
  await keepAll();
  const again = (await rotateSigningKeys(ports())).filter(({ state }) => state === 'waiting');
  expect(again).toHaveLength(2);
  for (const { createdAt, signsFrom } of again)
    expect(signsFrom.getTime() - createdAt.getTime()).toBeGreaterThanOrEqual(DAY_MS);
});

test('[CRY-2] four times at once, on two nodes: each key is made and destroyed once', async () => {
  at.advance(30 * 24 * 3600);
  const many = <T>(work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 4 }, (_, index) => work(index)));
  const before = (await rows()).length;
  await many((index) => (at.nodes[index % 2] ?? at).oidc.keepKeys());
  expect((await rows()).length).toBe(before + 2);
  at.advance(2 * 24 * 3600);
  await many(() => rotateSigningKeys(ports()));
  const rotated = (await rows()).length;
  const listed = await listSigningKeys(ports());
  const signing = listed.filter(({ state }) => state === 'signing');
  expect(signing).toHaveLength(2);
  await many(() => replaceCompromised(ports(), [signing[0]?.kid ?? '']).catch(() => undefined));
  const events = (await readAudit(at.db, at.keyring, NOBODY)).filter(
    ({ details }) => details.kid === signing[0]?.kid,
  );
  const types = events.map(({ type }) => type).filter((type) => type !== 'signing-key-brought-forward');
  expect(types).toEqual(['signing-key-made', 'signing-key-compromised']);
  // One key took its place, whoever made it.
  expect((await rows()).length).toBeLessThanOrEqual(rotated + 1);
  const states = (await listSigningKeys(ports())).map(({ state }) => state);
  expect(states.filter((state) => state === 'signing')).toHaveLength(2);
});
