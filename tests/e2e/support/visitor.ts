import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type Guard, guardOn } from './guard.ts';
import { contextOptionsOf, type Look } from './looks.ts';
import type { Stage } from './stage.ts';
import { type Say, textsIn } from './texts.ts';

/** Somebody in front of a page, who finds things as people do: by what they are and what they are called. */
export interface Visitor {
  page: Page;
  look: Look;
  /** Texts of our pages in the visitor's language. */
  say: Say;
  /** A request that must be refused during this test, such as `(422, '/api/sign-in/password')`. */
  expectRefusal: Guard['expectRefusal'];
  /** Requests that may get no answer, such as those without a network. */
  expectSilence: Guard['expectSilence'];
  go(address: string): Promise<void>;
  /** Presses the button or follows the link of this name. */
  press(name: string | RegExp): Promise<void>;
  fill(label: string | RegExp, value: string): Promise<void>;
  /** Waits until the page has this title. */
  arrive(title: string | RegExp): Promise<void>;
  /** Waits until this can be read. */
  read(text: string | RegExp): Promise<Locator>;
  /** Lets time pass: for the product, and for this browser. */
  pass(seconds: number): Promise<void>;
  /** Pastes into the field that has the focus. */
  paste(text: string): Promise<void>;
  /** What was copied last. */
  clipboard(): Promise<string>;
  /** A second tab of the same browser. */
  openTab(): Promise<Visitor>;
}

/**
 * Opens a browser of its own for one test, and closes it with the test, which fails when the console holds an
 * error or a request failed that the test did not name.
 */
export async function openPage(stage: Stage, look: Look): Promise<Visitor> {
  const from = { extraHTTPHeaders: { 'x-forwarded-for': newAddress() } };
  return openBrowser(stage, look, from);
}

/** The same for the authenticator: it calls another origin, which takes no headers that no browser would add. */
export async function openAppPage(stage: Stage, look: Look): Promise<Visitor> {
  return openBrowser(stage, look, {});
}

async function openBrowser(stage: Stage, look: Look, from: BrowserContextOptions): Promise<Visitor> {
  const context = await stage.browser.newContext({ ...contextOptionsOf(look), ...from });
  const guard = guardOn(context);
  onTestFinished(async ({ task }) => {
    const failed = task.result?.state === 'fail';
    if (failed) await keepPictures(context, task.fullName);
    await context.close();
    // What a broken test left behind would hide why it broke.
    if (!failed) guard.check();
  });
  return visitorOn(stage, context, look, guard);
}

async function visitorOn(stage: Stage, context: BrowserContext, look: Look, guard: Guard): Promise<Visitor> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return {
    page,
    look,
    say: textsIn(look.language),
    expectRefusal: guard.expectRefusal,
    expectSilence: guard.expectSilence,
    go: async (address) => void (await page.goto(address)),
    press: (name) => byName(page, name).click(),
    fill: (label, value) => page.getByLabel(label, { exact: true }).fill(value),
    async arrive(title) {
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await keepStep(page, look);
    },
    async read(text) {
      const found = page.getByText(text, { exact: true }).filter({ visible: true }).first();
      await found.waitFor();
      return found;
    },
    async pass(seconds) {
      await stage.advance(seconds);
      await context.clock.setSystemTime(stage.nowMs());
    },
    async paste(text) {
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await page.keyboard.press('ControlOrMeta+V');
    },
    clipboard: () => page.evaluate<string>('navigator.clipboard.readText()'),
    openTab: () => visitorOn(stage, context, look, guard),
  };
}

let addresses = 0;

/** Every visitor comes from an address of their own (198.18.0.0/15, RFC 2544), as limits count by address. */
function newAddress(): string {
  addresses += 1;
  return `198.18.${(addresses >> 8) & 255}.${addresses & 255}`;
}

function byName(page: Page, name: string | RegExp): Locator {
  const button = page.getByRole('button', { name, exact: true });
  return button.or(page.getByRole('link', { name, exact: true }));
}

const FAILURES = join(import.meta.dirname, '../../../reports/e2e');

/** What a failed test saw last. */
async function keepPictures(context: BrowserContext, name: string): Promise<void> {
  await mkdir(FAILURES, { recursive: true });
  for (const [index, page] of context.pages().entries()) {
    const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}-${index}.png`;
    await page.screenshot({ path: join(FAILURES, file), fullPage: true }).catch(() => undefined);
  }
}

/** Colours fade from one theme to the other. */
const FADE_MS = 400;
let steps = 0;

/** With SIGILLO_PICTURES=folder every step of every journey leaves a picture, light and dark, to look at. */
async function keepStep(page: Page, { language, width }: Look): Promise<void> {
  const folder = process.env.SIGILLO_PICTURES;
  if (!folder) return;
  steps += 1;
  const { pathname } = new URL(page.url());
  const name = `${String(steps).padStart(3, '0')}${pathname.replaceAll('/', '-')}-${language}-${width}`;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(FADE_MS);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
  }
}
