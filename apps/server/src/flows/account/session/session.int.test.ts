import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { good, signIn } from '../../../../../../tests/setup/journeys.ts';
import {
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let installation: PopulatedInstallation;
beforeAll(async () => {
  installation = await populatedInstallation();
});
afterAll(() => installation[Symbol.asyncDispose]());

const IDLE_SECONDS = 15 * 60;

test('[SES-2] asking when the session ends does not put the end off', async () => {
  const browser = await signIn(installation, installation.browser(), await installation.holder());
  const { endsAtMs, signedIn } = await ask(browser);
  expect(signedIn).toBe(true);
  expect(endsAtMs - installation.nowMs()).toBeLessThanOrEqual(IDLE_SECONDS * 1000);

  await installation.advance(IDLE_SECONDS - 60);
  expect((await ask(browser)).endsAtMs).toBe(endsAtMs);
  await installation.advance(61);
  expect((await ask(browser)).signedIn).toBe(false);
});

test('[SES-2] using it does', async () => {
  const browser = await signIn(installation, installation.browser(), await installation.holder());
  const { endsAtMs } = await ask(browser);
  await installation.advance(IDLE_SECONDS - 60);
  good(await browser.get('/api/account'));

  expect((await ask(browser)).endsAtMs).toBeGreaterThanOrEqual(endsAtMs + (IDLE_SECONDS - 60) * 1000);
  await installation.advance(61);
  expect((await ask(browser)).signedIn).toBe(true);
});

async function ask(browser: HttpBrowser): Promise<{ signedIn: boolean; endsAtMs: number }> {
  const answer = await browser.get<{ signedIn: boolean; expiresAt: string | null }>('/api/session');
  const { signedIn, expiresAt } = good(answer);
  return { signedIn, endsAtMs: Date.parse(expiresAt ?? '') };
}
