import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  type Ceremony,
  enterPassword,
  good,
  tryCode,
  tryFinish,
} from '../../../../../../tests/setup/journeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

/** What a page hears of a ceremony, as it comes. */
async function watch(browser: HttpBrowser, ceremony: Pick<Ceremony, 'id'>) {
  const response = await browser.request('GET', `/api/ceremonies/${ceremony.id}/events`);
  const heard = { status: response.status, headers: response.headers, text: '', isOver: false };
  const read = async () => {
    for await (const piece of response.body ?? []) heard.text += Buffer.from(piece).toString();
    heard.isOver = true;
  };
  const reading = read().catch(() => undefined);
  return { heard, reading };
}

const timesIn = (text: string) => text.split('data: changed\n\n').length - 1;

test('a page hears of a proof that was given on another node, and of the end', async () => {
  const holder = await on.holder({ totp: true });
  const browser = on.browser(0);
  const ceremony = await enterPassword(browser, holder);
  const { heard } = await watch(browser.at(on.nodes[1]?.url ?? ''), ceremony);
  expect(heard.status).toBe(200);
  expect(heard.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(heard.headers.get('cache-control')).toBe('no-store');
  expect(heard.headers.get('x-content-type-options')).toBe('nosniff');
  await expect.poll(() => timesIn(heard.text)).toBeGreaterThan(0);
  // The password may still be told of: wake-ups for other nodes are gathered for a moment.
  await sleep(200);

  for (const step of [
    async () => good(await tryCode(browser, ceremony, 'totp', await on.code(holder))),
    async () => good(await tryFinish(browser, ceremony)),
  ]) {
    const before = timesIn(heard.text);
    await step();
    await expect.poll(() => timesIn(heard.text), { timeout: 1_000, interval: 10 }).toBeGreaterThan(before);
    await sleep(200);
  }
});

test('nobody else hears of it: the stream is refused to another browser like the ceremony itself', async () => {
  const ceremony = await enterPassword(on.browser(), await on.holder({ totp: true }));
  const { heard, reading } = await watch(on.browser(), ceremony);
  await reading;
  expect(heard.status).toBe(404);
  expect(heard.text).toContain('/problems/ceremony-gone');
});

test('a node that stops ends its streams, and does not wait for their readers', async () => {
  const node = await on.addNode();
  const browser = on.browser();
  const ceremony = await enterPassword(browser, await on.holder({ totp: true }));
  const { heard, reading } = await watch(browser.at(node.url), ceremony);
  await expect.poll(() => timesIn(heard.text)).toBeGreaterThan(0);
  const startedMs = performance.now();
  onTestFinished(() => node.stop());
  await node.stop();
  await reading;
  expect(heard.isOver).toBe(true);
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
