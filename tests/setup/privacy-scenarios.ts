import { good, signIn } from './journeys.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';
import { type Prepare, post } from './prepared.ts';

async function signedIn(on: PopulatedInstallation) {
  const holder = await on.holder({ totp: true });
  return { holder, browser: await signIn(on, on.browser(), holder) };
}

/** Asks for the data of an account, and waits for the link to it. */
export async function exportOf(
  on: PopulatedInstallation,
  holder: Holder,
  browser: ReturnType<typeof on.browser>,
) {
  const before = (await on.dev.outbox(holder.email)).length;
  good(await browser.post('/api/account/exports'));
  return on.dev.linkToken(holder.email, before);
}

/** Writes by which holders get their data, and end their accounts. */
export const PRIVACY_SCENARIOS: Record<string, Prepare> = {
  setNotices: async (on) => {
    const { holder, browser } = await signedIn(on);
    const body = { by: 'email', failures: true };
    return { ...post(browser, '/api/account/notices', body, holder), method: 'PUT' };
  },
  requestExport: async (on) => {
    const { holder, browser } = await signedIn(on);
    return post(browser, '/api/account/exports', {}, holder);
  },
  fetchExport: async (on) => {
    const { holder, browser } = await signedIn(on);
    const token = await exportOf(on, holder, browser);
    return post(browser, '/api/account/exports/fetch', { token }, holder);
  },
  requestErasure: async (on) => {
    const { holder, browser } = await signedIn(on);
    return post(browser, '/api/account/erasure', {}, holder);
  },
  cancelErasure: async (on) => {
    const { holder, browser } = await signedIn(on);
    const before = (await on.dev.outbox(holder.email)).length;
    good(await browser.post('/api/account/erasure'));
    const token = await on.dev.linkToken(holder.email, before);
    return post(on.browser(), '/api/erasure/cancel', { token }, holder);
  },
};
