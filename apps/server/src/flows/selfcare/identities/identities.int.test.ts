import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';
import { moveIdentity } from '../../../identities/move-identity.service.ts';
import { fixedClock } from '../../../platform/clock/clock.ts';
import { inTransaction } from '../../../platform/database/database.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Listed {
  id: string;
  state: string;
  causes: { cause: string; until: string | null }[];
  spidCode: string;
  attributes: Record<string, string>;
}

const surroundings = () => ({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs });

async function list(browser: HttpBrowser) {
  return good(await browser.get<{ identities: Listed[] }>('/api/selfcare/identities')).identities;
}

test('[SPID-IDL-13] a holder sees what was verified of them, and nobody else does', async () => {
  const [maria, anna] = [await on.holder(), await on.holder()];
  const identity = await giveIdentity(surroundings(), maria.id);
  const [one] = await list(await signIn(on, on.browser(), maria));
  expect(one).toMatchObject({
    id: identity.id,
    state: 'active',
    causes: [],
    spidCode: identity.spidCode,
    issuedOn: identity.issuedOn,
    expiresOn: identity.expiresOn,
    attributes: identity.attributes,
    birthPlace: 'Roma',
    document: { type: 'cartaIdentita', issuer: 'Comune Roma' },
  });
  expect(await list(await signIn(on, on.browser(), anna))).toEqual([]);
  expect(outcome(await on.browser().get('/api/selfcare/identities'))).toBe('401 sign-in-needed');
});

test('why an identity rests and when that ends, and why it ended', async () => {
  const holder = await on.holder();
  const identity = await giveIdentity(surroundings(), holder.id);
  const clock = fixedClock(on.nowMs());
  const until = new Date(on.nowMs() + 60_000);
  const move = (wanted: Parameters<typeof moveIdentity>[3]) =>
    inTransaction(on.database.db, (tx) =>
      moveIdentity({ identities: on.stores.identities, clock }, tx, identity, wanted),
    );
  await move({ move: { type: 'suspend', cause: 'holder-request' }, actor: 'holder', until });
  const browser = await signIn(on, on.browser(), holder);
  expect((await list(browser))[0]).toMatchObject({
    state: 'suspended',
    causes: [{ cause: 'holder-request', until: until.toISOString() }],
  });
  await move({ move: { type: 'revoke', cause: 'unused' }, actor: 'platform' });
  expect((await list(browser))[0]).toMatchObject({
    state: 'revoked',
    causes: [{ cause: 'unused', until: null }],
  });
});
