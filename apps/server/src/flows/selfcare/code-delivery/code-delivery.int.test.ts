import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  outcome,
  signIn,
  stepUpOf,
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

const PATH = '/api/selfcare/code-delivery';
const choose = (browser: HttpBrowser, chosen: string) => browser.put(PATH, { chosen });
const read = async (browser: HttpBrowser) =>
  good(await browser.get<{ chosen: string | null; setUp: string[] }>(PATH));

type Options = { method: string; preferred: boolean }[];
const preferredIn = ({ options }: Ceremony) =>
  (options as unknown as Options).filter(({ preferred }) => preferred).map(({ method }) => method);

async function settled(): Promise<{ holder: Holder; browser: HttpBrowser }> {
  const holder = await on.holder({ totp: true, sms: true });
  return { holder, browser: await signIn(on, on.browser(), holder) };
}

test('nothing is preferred before something was chosen', async () => {
  const { holder, browser } = await settled();
  expect(await read(browser)).toEqual({ chosen: null, setUp: ['app', 'sms'] });
  expect(preferredIn(await enterPassword(on.browser(), holder))).toEqual([]);
});

test('what is chosen is offered first at sign-in and when something is confirmed; the others stay', async () => {
  const { holder, browser } = await settled();
  for (const [chosen, method] of [
    ['sms', 'sms-code'],
    ['app', 'totp'],
  ] as const) {
    expect(outcome(await choose(browser, chosen))).toBe('204');
    expect(await read(browser)).toMatchObject({ chosen });
    const ceremony = await enterPassword(on.browser(), holder);
    expect(preferredIn(ceremony)).toEqual([method]);
    expect(ceremony.options.map((one) => one.method).sort()).toEqual(['sms-code', 'totp']);
  }
  await on.advance(301);
  expect(preferredIn(stepUpOf(await browser.post('/api/account/recovery-codes')))).toEqual(['totp']);
});

test('only what is set up can be chosen', async () => {
  const browser = await signIn(on, on.browser(), await on.holder({ totp: true }));
  expect(outcome(await choose(browser, 'sms'))).toBe('409 delivery-not-set-up');
  expect(outcome(await choose(browser, 'hardware-token'))).toBe('409 delivery-not-set-up');
  expect(outcome(await choose(browser, 'pigeon'))).toBe('400 bad-input');
  expect(await read(browser)).toEqual({ chosen: null, setUp: ['app'] });
});

test('what was chosen and then removed is not chosen any more', async () => {
  const { holder, browser } = await settled();
  good(await choose(browser, 'sms'));
  const { authenticators } = good(
    await browser.get<{ authenticators: { id: string; type: string }[] }>('/api/account'),
  );
  const sms = authenticators.find(({ type }) => type === 'sms-code');
  good(await browser.post(`/api/account/authenticators/${sms?.id}/remove`));
  expect(await read(browser)).toEqual({ chosen: null, setUp: ['app'] });
  expect(preferredIn(await enterPassword(on.browser(), holder))).toEqual([]);
});
