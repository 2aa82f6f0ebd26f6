import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endEverything } from '../../gate/sessions.ts';
import { FAMILY_LOCKS } from '../../stores/oidc/artifact.store.ts';
import { flow, location, redeem, refresh, userinfo, walk } from './client.fixture.ts';
import { type OidcInstallation, oidcInstallation } from './oidc.fixture.ts';

/**
 * Requests are stopped in the middle, by locks that a test holds on what they need next, and the session is
 * ended on another node meanwhile.
 */
let at: OidcInstallation;
beforeAll(async () => {
  at = await oidcInstallation(2);
});
afterAll(() => at[Symbol.asyncDispose]());

const other = () => at.nodes[1] ?? at;

/** Ends a session on the second node. */
function end(session: { accountId: string; id: string }): Promise<boolean> {
  const { gate } = other();
  return gate.transaction((tx) => gate.sessions.end(tx, session, gate.clock.now()));
}

/** What requests wait for that present something of a family. */
const FAMILIES = sql`select pg_advisory_xact_lock(hashtextextended(grant_id, ${FAMILY_LOCKS}))
  from oidc_artifact where grant_id is not null`;

/** Holds what a statement locks while `meanwhile` runs. */
async function holding<T>(lock: ReturnType<typeof sql>, meanwhile: () => Promise<T>): Promise<T> {
  const tx = await at.database.db.startTransaction().execute();
  try {
    await lock.execute(tx);
    return await meanwhile();
  } finally {
    await tx.rollback().execute();
  }
}

/** Waits until so many connections of this database wait for a lock. */
async function blocked(count = 1): Promise<void> {
  for (let i = 0; i < 500; i++) {
    const waiting = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(at.database.db);
    if ((waiting.rows[0]?.n ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nothing waits');
}

async function prepared(more: Record<string, string> = {}) {
  const account = await at.account();
  const { browser, session } = await at.signedIn(account);
  const request = flow('portal', more);
  const { to } = await walk(at, browser, request);
  return { account, browser, session, request, to };
}

const offline = { scope: 'openid offline_access', prompt: 'consent' };
const endedAt = async (id: string) =>
  (await at.database.db.selectFrom('session').select('ended_at').where('id', '=', id).executeTakeFirst())
    ?.ended_at;

async function expectEnded(who: Awaited<ReturnType<typeof prepared>>): Promise<void> {
  expect(await endedAt(who.session.id)).toBeInstanceOf(Date);
  for (const node of at.nodes) {
    const silent = flow('portal', { prompt: 'none' });
    const response = await who.browser.at(node.url).request('GET', `/oidc/authorize?${silent.query}`);
    expect(location(response).searchParams.get('error')).toBe('login_required');
  }
}

test('[SES-3] a session that ends while its code is being redeemed gives no tokens', async () => {
  const who = await prepared(offline);
  const answer = await holding(FAMILIES, async () => {
    const redemption = redeem(at.url, who.request, who.to);
    await blocked();
    expect(await end(who.session)).toBe(true);
    return { redemption };
  });
  const { status, body } = await answer.redemption;
  expect([status, body.error]).toEqual([400, 'invalid_grant']);
  await expectEnded(who);
});

test('[SES-3] a session whose end comes after its tokens were written takes them with it', async () => {
  const who = await prepared(offline);
  const { redemption, ending } = await holding(sql`lock table audit_pending in share mode`, async () => {
    const redemption = redeem(at.url, who.request, who.to);
    await blocked();
    const ending = end(who.session);
    await blocked(2);
    return { redemption, ending };
  });
  const { status, body } = await redemption;
  expect([status, await ending]).toEqual([200, true]);
  for (const node of at.nodes) {
    expect((await userinfo(node.url, body.access_token)).status).toBe(401);
    expect((await refresh(node.url, 'portal', body.refresh_token)).body.error).toBe('invalid_grant');
  }
  await expectEnded(who);
});

test('[SES-3] a session that ends while it is asked for a code gives none, and is not revived', async () => {
  const who = await prepared();
  const again = flow('portal');
  const lock = sql`select id from account where id = ${who.account.id} for no key update`;
  const { answer } = await holding(lock, async () => {
    const answer = who.browser.request('GET', `/oidc/authorize?${again.query}`);
    await blocked();
    expect(await end(who.session)).toBe(true);
    return { answer };
  });
  const response = await answer;
  expect(response.status).toBe(303);
  const { searchParams } = location(response);
  expect([searchParams.get('error'), searchParams.get('code')]).toEqual(['login_required', null]);
  expect(response.headers.getSetCookie().filter((cookie) => cookie.includes('session'))).toEqual([]);
  await expectEnded(who);
});

test('[SES-3] a session that ends while the holder consents gives nothing', async () => {
  const account = await at.account();
  const { browser, session } = await at.signedIn(account);
  const waiting = location(await browser.request('GET', `/oidc/authorize?${flow('portal').query}`));
  const interaction = waiting.searchParams.get('interaction');
  const lock = sql`select id from account where id = ${account.id} for no key update`;
  const { answer } = await holding(lock, async () => {
    const answer = browser.post('/api/consent', { interaction, accept: true });
    await blocked();
    expect(await end(session)).toBe(true);
    return { answer };
  });
  expect((await answer).status).toBe(401);
  expect(
    await at.database.db.selectFrom('consent').where('account_id', '=', account.id).selectAll().execute(),
  ).toEqual([]);
});

test('[SES-3] a refresh that is under way when the epoch moves gives nothing', async () => {
  const who = await prepared(offline);
  const { body } = await redeem(at.url, who.request, who.to);
  const { answer } = await holding(FAMILIES, async () => {
    const answer = refresh(at.url, 'portal', body.refresh_token);
    await blocked();
    const { gate } = other();
    await gate.transaction((tx) => endEverything(gate, tx, who.account.id));
    return { answer };
  });
  expect((await answer).body.error).toBe('invalid_grant');
  await expectEnded(who);
});

test('[SES-3] ending a session ends on every node what it gave, also for the time after it', async () => {
  const who = await prepared(offline);
  const { body } = await redeem(at.url, who.request, who.to);
  await end(who.session);
  for (const node of at.nodes) {
    expect((await userinfo(node.url, body.access_token)).status).toBe(401);
    expect((await refresh(node.url, 'portal', body.refresh_token)).body.error).toBe('invalid_grant');
  }
  const unused = await prepared();
  await end(unused.session);
  expect((await redeem(at.url, unused.request, unused.to)).body.error).toBe('invalid_grant');
});

test('[SES-3] what was given in an earlier epoch is dead, whichever session is alive now', async () => {
  const who = await prepared(offline);
  const { body } = await redeem(at.url, who.request, who.to);
  await at.gate.transaction(async (tx) => {
    const epoch = await at.gate.accounts.raiseEpoch(tx, who.account.id);
    await at.gate.sessions.moveToEpoch(tx, who.session, epoch);
  });
  expect((await userinfo(at.url, body.access_token)).status).toBe(401);
  expect((await refresh(at.url, 'portal', body.refresh_token)).body.error).toBe('invalid_grant');
});

test('[SES-3] a suspended account gets nothing', async () => {
  const who = await prepared(offline);
  const { body } = await redeem(at.url, who.request, who.to);
  await at.database.db
    .updateTable('account')
    .set({ status: 'suspended' })
    .where('id', '=', who.account.id)
    .execute();
  expect((await userinfo(at.url, body.access_token)).status).toBe(401);
  expect((await refresh(at.url, 'portal', body.refresh_token)).body.error).toBe('invalid_grant');
});

test('[SES-2] tokens for the time after a session outlive its expiry; others do not', async () => {
  const [away, present] = [await prepared(offline), await prepared()];
  const { body } = await redeem(at.url, away.request, away.to);
  at.advance(13 * 60 * 60);
  expect((await refresh(at.url, 'portal', body.refresh_token)).status).toBe(200);
  const silent = flow('portal', { prompt: 'none' });
  const response = await present.browser.request('GET', `/oidc/authorize?${silent.query}`);
  expect(location(response).searchParams.get('error')).toBe('login_required');
});

test('[SES-2] a code of a session that expired is worth nothing', async () => {
  const { browser, session } = await at.signedIn(await at.account());
  at.advance(at.gate.settings.sessionSeconds - 20);
  await at.gate.transaction((tx) => at.gate.sessions.touch(tx, session, at.gate.clock.now()));
  const [inTime, late] = [flow('portal'), flow('portal')];
  const codes = [await walk(at, browser, inTime), await walk(at, browser, late)];
  expect((await redeem(at.url, inTime, codes[0]?.to ?? new URL(''))).status).toBe(200);
  at.advance(30);
  expect((await redeem(at.url, late, codes[1]?.to ?? new URL(''))).body.error).toBe('invalid_grant');
});

test('[SES-1] a planted cookie of the library counts for nothing', async () => {
  const who = await prepared();
  who.browser.cookies.delete('__Host-sigillo-session');
  for (const [name, value] of [
    ['_session', who.session.id],
    ['__Host-sigillo-session', who.session.id],
    ['__Host-sigillo-session.sig', 'x'],
  ])
    who.browser.cookies.set(name ?? '', value ?? '');
  const silent = flow('portal', { prompt: 'none' });
  const response = await who.browser.request('GET', `/oidc/authorize?${silent.query}`);
  expect(location(response).searchParams.get('error')).toBe('login_required');
});
