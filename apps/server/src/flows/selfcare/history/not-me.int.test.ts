import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  good,
  isSignedIn,
  outcome,
  signIn,
  tryFinish,
  tryPassword,
} from '../../../../../../tests/setup/journeys.ts';
import { addPasskey, enterPasskey } from '../../../../../../tests/setup/passkeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { SoftPasskey } from '../../../../../../tests/setup/soft-passkey.ts';
import { readAudit } from '../../../platform/audit/audit.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const contain = (browser: HttpBrowser, access: string | null = null) =>
  browser.post('/api/selfcare/history/not-me', { access });
const recorded = async ({ id }: Holder) =>
  (await readAudit(on.database.db, on.keyring, id)).filter(({ type }) => type === 'account-contained');
const notices = async ({ email }: Holder) =>
  (await on.dev.outbox(email)).filter(({ subject }) =>
    subject?.startsWith('You said that an access was not yours'),
  );

test('[AUD-4] [SES-3] "this wasn’t me" ends every session on every node, this one too, with a session that is not fresh', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(0), holder);
  const thief = await signIn(on, on.browser(1), holder);
  await on.advance(600);
  expect(outcome(await contain(mine))).toBe('204');
  expect(await isSignedIn(mine)).toBe(false);
  expect(await isSignedIn(thief)).toBe(false);
  expect(await recorded(holder)).toHaveLength(1);
  await expect.poll(() => notices(holder), { timeout: 10_000 }).toHaveLength(1);
});

test('[AUD-4] nobody signs in with the password until another is chosen by recovery', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(), holder);
  good(await contain(mine));
  const refused = await tryPassword(on.browser(1), holder.email, holder.password);
  const unknown = await tryPassword(on.browser(1), `nobody.beside.${holder.email}`, holder.password);
  expect(outcome(refused)).toBe('422 sign-in-refused');
  const shape = ({ requestId, ...rest }: Record<string, unknown>) => rest;
  expect(shape(refused.body), 'as of a name that nobody has').toEqual(shape(unknown.body));
  good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
  const token = await on.dev.linkToken(holder.email);
  const password = 'a new lamp beside the river';
  good(await on.browser().post('/api/password-resets/complete', { token, password }));
  expect(await isSignedIn(await signIn(on, on.browser(1), { ...holder, password }))).toBe(true);
});

test('[AUD-4] a passkey still lets its owner in', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(), holder);
  const device = new SoftPasskey(on.server.issuer, 'ES256');
  await addPasskey(mine, device);
  good(await contain(mine));
  const back = on.browser(1);
  const { ceremony } = good(await enterPasskey(back, device));
  good(await tryFinish(back, ceremony));
  expect(await isSignedIn(back)).toBe(true);
});

test('[AUD-4] [AVL-1] of 16 at once, one contains: one row of the audit, one notice; once more does nothing', async () => {
  const holder = await on.holder();
  const mine = await signIn(on, on.browser(0), holder);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, nth) => contain(mine.at(on.nodes[nth % 2]!.url))),
  );
  const outcomes = answers.map(outcome);
  expect(outcomes).toContain('204');
  expect(outcomes.filter((one) => one !== '204' && one !== '401 sign-in-needed')).toEqual([]);
  expect(await recorded(holder)).toHaveLength(1);
  await expect.poll(() => notices(holder), { timeout: 10_000 }).toHaveLength(1);
});

test('[AUD-4] without a session nothing is contained', async () => {
  expect(outcome(await contain(on.browser()))).toBe('401 sign-in-needed');
});
