import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  good,
  isSignedIn,
  outcome,
  signIn,
  stepUpOf,
  tryCode,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

interface Listed {
  id: string;
  current: boolean;
  browser: string;
  system: string;
  kind: string;
  local: boolean;
  address: string;
}

const list = async (browser: HttpBrowser) =>
  good(await browser.get<{ sessions: Listed[] }>('/api/account/sessions')).sessions;

const idOf = async (browser: HttpBrowser) => (await list(browser)).find((one) => one.current)!.id;

/** Two browsers of one person, at different nodes. */
async function twoSessions(holder: Holder): Promise<[HttpBrowser, HttpBrowser]> {
  return [await signIn(on, on.browser(0), holder), await signIn(on, on.browser(1), holder)];
}

test('[SES-5] a holder sees where they are signed in: browser, place, which one is here', async () => {
  const [here, there] = await twoSessions(await on.holder());
  const sessions = await list(here);
  expect(sessions).toHaveLength(2);
  expect(sessions.find((one) => one.current)).toMatchObject({
    browser: 'Firefox 140',
    system: 'Linux',
    kind: 'computer',
    address: here.address,
  });
  expect(sessions.map((one) => one.address).sort()).toEqual([here.address, there.address].sort());
});

test('[SES-5] twenty sessions; with the 21st the oldest ends', async () => {
  const holder = await on.holder();
  const browsers: HttpBrowser[] = [];
  for (let opened = 0; opened < 21; opened++) browsers.push(await signIn(on, on.browser(opened % 2), holder));
  const alive = await Promise.all(browsers.map(isSignedIn));
  expect(alive).toEqual([false, ...Array(20).fill(true)]);
  expect(await list(browsers[20]!)).toHaveLength(20);
});

describe('what ends a session is known to every node at once', () => {
  /** Signed in at both nodes; ends the first by what is done to it, and asks the other node. */
  async function endsElsewhere(
    holder: Holder,
    end: (ending: HttpBrowser, other: HttpBrowser) => Promise<unknown>,
  ) {
    const [one, two] = await twoSessions(holder);
    const oneElsewhere = one.at(on.nodes[1]!.url);
    expect(await isSignedIn(oneElsewhere)).toBe(true);
    await end(one, two);
    expect(await isSignedIn(oneElsewhere)).toBe(false);
    expect(outcome(await oneElsewhere.get('/api/account'))).toBe('401 sign-in-needed');
    return { one, two };
  }

  test('[SES-3] signing out', async () => {
    const { one, two } = await endsElsewhere(await on.holder(), async (ending) => {
      const token = [...ending.cookies];
      good(await ending.post('/api/sign-out'));
      for (const [name, value] of token) ending.cookies.set(name, value);
    });
    expect(await isSignedIn(one)).toBe(false);
    expect(await isSignedIn(two)).toBe(true);
  });

  test('[SES-3] [SES-5] ending it from another one', async () => {
    const { two } = await endsElsewhere(await on.holder(), async (ending, other) =>
      good(await other.post(`/api/account/sessions/${await idOf(ending)}/end`)),
    );
    expect(await list(two)).toHaveLength(1);
  });

  test('[SES-3] [SES-5] ending all but the one that asks, or that one too', async () => {
    const { two } = await endsElsewhere(await on.holder(), async (_, other) =>
      good(await other.post('/api/account/sessions/end-all', { keepCurrent: true })),
    );
    expect(await isSignedIn(two)).toBe(true);
    const all = await endsElsewhere(await on.holder(), async (_, other) =>
      good(await other.post('/api/account/sessions/end-all', { keepCurrent: false })),
    );
    expect(await isSignedIn(all.two)).toBe(false);
  });

  test('[SES-3] removing a second factor ends all but the one that did', async () => {
    const { two } = await endsElsewhere(await on.holder({ totp: true }), async (_, other) => {
      const { authenticators } = good(await other.get<{ authenticators: { id: string }[] }>('/api/account'));
      good(await other.post(`/api/account/authenticators/${authenticators[0]!.id}/remove`));
    });
    expect(await isSignedIn(two)).toBe(true);
    expect(good(await two.get<{ authenticators: unknown[] }>('/api/account')).authenticators).toEqual([]);
  });

  test('[SES-3] resetting the password ends every one', async () => {
    const holder = await on.holder();
    const { two } = await endsElsewhere(holder, async () => {
      good(await on.browser().post('/api/password-resets', { identifier: holder.email }));
      const token = await on.dev.linkToken(holder.email);
      const body = { token, password: 'a new lamp beside the river' };
      good(await on.browser(0).post('/api/password-resets/complete', body));
    });
    expect(await isSignedIn(two)).toBe(false);
  });
});

test('[SES-3] a session that ends while a request makes it stronger stays ended', async () => {
  for (let round = 0; round < 8; round++) {
    const holder = await on.holder({ totp: true });
    const strengthened = await signIn(on, on.browser(), holder);
    await on.advance(301);
    const stepUp = stepUpOf(await strengthened.post('/api/account/recovery-codes'));
    good(await tryCode(strengthened, stepUp, 'totp', await on.code(holder)));
    const other = await signIn(on, on.browser(1), holder);
    const ending = `/api/account/sessions/${await idOf(strengthened)}/end`;
    const [finished, ended] = await Promise.all([
      strengthened.post('/api/step-up/finish', { ceremony: stepUp.id }),
      other.post(ending),
    ]);
    expect(outcome(ended)).toBe('204');
    expect(['204', '401 sign-in-needed', '404 ceremony-gone']).toContain(outcome(finished));
    expect(await isSignedIn(strengthened)).toBe(false);
  }
});
