import { daysLater, romeDayOf } from '@sigillo/identity';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStores } from '../../apps/server/src/composition/gate.ts';
import { revokeIdentity } from '../../apps/server/src/identities/revoke-identity.service.ts';
import {
  flow,
  redeem,
  refresh,
  userinfo,
  walk,
} from '../../apps/server/src/protocols/oidc/client.fixture.ts';
import {
  type OidcInstallation,
  oidcInstallation,
} from '../../apps/server/src/protocols/oidc/oidc.fixture.ts';
import { listRequests } from '../setup/app-requests.ts';
import { CASE_SCENARIOS } from '../setup/case-scenarios.ts';
import { type DeviceApp, linkedApp } from '../setup/device-app.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { giveIdentity } from '../setup/identities.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  tryFinish,
  tryPassword,
} from '../setup/journeys.ts';
import { newApp, startPairing, tryPair } from '../setup/link-app.ts';
import { decide, giveOperator } from '../setup/operators.ts';
import { addPasskey, enterPasskey } from '../setup/passkeys.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { SoftPasskey } from '../setup/soft-passkey.ts';
import { makeCard, useCard } from '../setup/suspensions.ts';

/** What a revocation promises, and what a busy machine adds to how often nodes look. */
const PROMISED_MS = 5_000;
const BUSY_MS = 20_000;

const YEAR_MS = 365 * 86_400_000;

let on: PopulatedInstallation;
let at: OidcInstallation;
beforeAll(async () => {
  [on, at] = await Promise.all([populatedInstallation(2), oidcInstallation(2)]);
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  await at[Symbol.asyncDispose]();
});

/** An identity that nobody has used for years, of which the last notice went out; its end is due at this moment. */
async function endingIdentity(holder: Holder) {
  const identity = await giveIdentity({ ...on, db: on.database.db }, holder.id, {
    documentExpiresOn: null,
    expiresOn: null,
    lastUsedAt: new Date(on.nowMs() - 3 * YEAR_MS),
  });
  const endsOn = daysLater(romeDayOf(on.nowMs()), -1);
  await on.database.db
    .updateTable('identity_agenda')
    .set({ end_cause: 'unused', ends_on: endsOn, told_days: 1, due_at: new Date(on.nowMs()) })
    .where('account_id', '=', holder.id)
    .execute();
  return identity;
}

/** How everything that the holder has is answered, at both nodes. */
async function answers(holder: Holder, browser: HttpBrowser, app: DeviceApp): Promise<string[]> {
  const other = on.browser(1);
  const [session, device, secondNode, password] = await Promise.all([
    isSignedIn(browser),
    listRequests(on, app, 0),
    listRequests(on, app, 1),
    tryPassword(other, holder.email, holder.password),
  ]);
  return [`session ${session}`, `app ${device.status} ${secondNode.status}`, `password ${outcome(password)}`];
}

test('[SPID-IDL-9] with an identity its sessions, apps and credentials are revoked, on every node and soon', async () => {
  const holder = await on.holder({ totp: true, sms: true });
  const browser = await signIn(on, on.browser(), holder);
  const app = await linkedApp(on, holder);
  expect(await answers(holder, browser, app)).toEqual(['session true', 'app 200 200', 'password 200']);
  const since = performance.now();
  await endingIdentity(holder);
  await vi.waitFor(async () => expect(await isSignedIn(browser)).toBe(false), {
    timeout: PROMISED_MS + BUSY_MS,
    interval: 100,
  });
  // Everything else is over in that same moment.
  const over = ['session false', 'app 410 410', 'password 422 sign-in-refused'];
  expect(await answers(holder, browser, app)).toEqual(over);
  expect(performance.now() - since).toBeLessThan(PROMISED_MS + BUSY_MS);
  const { db } = on.database;
  const account = await db.selectFrom('account').selectAll().where('id', '=', holder.id).executeTakeFirst();
  expect(account?.status).toBe('closed');
  for (const table of ['authenticator', 'device'] as const) {
    const rows = await db.selectFrom(table).select('state').where('account_id', '=', holder.id).execute();
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'removed'));
  }
  // The two nodes did it once.
  const sent = await on.dev.outbox(holder.email);
  expect(sent.filter(({ subject }) => /revoked/i.test(subject ?? ''))).toHaveLength(1);
});

/** Somebody who has everything that an account may prove with, or that may lead to it. */
async function settled() {
  const prepared = await CASE_SCENARIOS.requestRevocation!(on);
  const holder = prepared.holder!;
  const browser = await signIn(on, on.browser(), holder);
  const pairing = await startPairing(browser);
  const card = await makeCard(browser);
  const device = new SoftPasskey(on.server.issuer);
  await addPasskey(browser, device);
  const app = await linkedApp(on, holder);
  good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
  const link = await on.dev.linkToken(holder.email);
  const [open, proven] = [on.browser(), on.browser()];
  const waiting = await enterPassword(open, holder);
  const satisfied = good(await enterPasskey(proven, device)).ceremony;
  const { id } = good(await prepared.browser.post<{ id: string }>(prepared.path, prepared.body));
  return { holder, browser, device, app, pairing, card, link, open, waiting, proven, satisfied, id };
}

test('[SPID-IDL-9] five seconds after two operators agreed, nothing is accepted any more, at any node', async () => {
  const reviewers = [await giveOperator(on, 'reviewer'), await giveOperator(on, 'reviewer')];
  const its = await settled();
  const { holder, id } = its;
  for (const who of reviewers) {
    good(await who.browser.post(`/api/console/cases/${id}/take`, {}));
    good(await decide(who, `/api/console/cases/${id}/decision`, { accept: true }));
  }
  const since = performance.now();
  const password = 'a new lamp beside the river';
  for (const [node, { url }] of on.nodes.entries()) {
    const refused = {
      session: outcome(await its.browser.at(url).get('/api/account')),
      password: outcome(await tryPassword(on.browser(node), holder.email, holder.password)),
      passkey: outcome(await enterPasskey(on.browser(node), its.device)),
      app: (await listRequests(on, its.app, node)).status,
      pairing: outcome(await tryPair(on, await newApp(), its.pairing.code, { node })),
      second: outcome(await its.open.at(url).get(`/api/ceremonies/${its.waiting.id}`)),
      proven: outcome(await tryFinish(its.proven.at(url), its.satisfied)),
      link: outcome(
        await on.browser(node).post('/api/password-resets/complete', { token: its.link, password }),
      ),
      card: outcome(await useCard(on.browser(node), its.card.code)),
    };
    expect(refused).toEqual(REFUSED);
  }
  expect(performance.now() - since).toBeLessThan(PROMISED_MS);
});

/** How each is answered, as if there had never been such an account. */
const REFUSED = {
  session: '401 sign-in-needed',
  password: '422 sign-in-refused',
  passkey: '422 passkey-refused',
  app: 410,
  pairing: '410 pairing-gone',
  second: '404 ceremony-gone',
  proven: '404 ceremony-gone',
  link: '410 link-over',
  card: '404 emergency-link-unknown',
};

test('[SPID-IDL-9] refresh and access tokens end at once, at the node that did not revoke too', async () => {
  const account = await at.account({ phone: true });
  const surroundings = { db: at.database.db, keyring: at.keyring, nowMs: Date.now };
  const identity = await giveIdentity(surroundings, account.id);
  const { browser } = await at.signedIn(account);
  const request = flow('spa', { scope: 'openid email offline_access', prompt: 'consent' });
  const { to } = await walk(at, browser, request);
  const { body: tokens } = await redeem(at.url, request, to);
  const other = at.nodes[1]?.url ?? '';
  expect((await userinfo(other, tokens.access_token)).status).toBe(200);
  const ports = { gate: at.gate, ...openStores(at) };
  const wish = {
    by: 'two-operators',
    cause: 'illicit-use',
    operators: ['one', 'two'],
    evidence: 'case 7',
  } as const;
  await at.gate.transaction((tx) =>
    revokeIdentity(ports, tx, { accountId: account.id, id: identity.id }, wish),
  );
  expect((await userinfo(other, tokens.access_token)).status).toBe(401);
  expect((await refresh(other, 'spa', tokens.refresh_token)).body.error).toBe('invalid_grant');
});
