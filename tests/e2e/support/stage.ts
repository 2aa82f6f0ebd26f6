import { randomBytes } from 'node:crypto';
import { base32Decode, timeStepAt, totpAt } from '@sigillo/otp';
import type { Browser } from 'playwright-core';
import { keyEncryptionKeyOf } from '../../../apps/server/src/platform/keyring/kek.ts';
import { loadKeyring, type RefreshableKeyring } from '../../../apps/server/src/platform/keyring/keyring.ts';
import { type Product, startProduct } from '../../setup/product.ts';
import { launchBrowser } from './browser.ts';
import { type Enrolled, type Holder, holderFactory } from './holders.ts';

/** Everything a file of journeys needs: a product of its own, a browser, and people. */
export interface Stage {
  product: Product;
  browser: Browser;
  /** Opens what the product has sealed. */
  keyring: RefreshableKeyring;
  /** The time that the product has, in Unix milliseconds. */
  nowMs(): number;
  /** Moves the product's clock. */
  advance(seconds: number): Promise<void>;
  /** Somebody who has an account already. */
  holder(enrolled?: Enrolled): Promise<Holder>;
  /** A code that the app with this key shows and that was not used yet; moves the clock when there is none. */
  nextCode(key: string): Promise<string>;
  /** The link in the newest message to an address, once there are more than `after`. */
  mailedLink(to: string, after?: number): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** One for all files of this worker that ask for nothing in particular: to start it takes longer than most tests. */
let shared: Promise<OwnStage> | undefined;

/** A stage whose clock can be put right again. */
interface OwnStage extends Stage {
  resetClock(): Promise<void>;
}

/**
 * A product and a browser. In a file of journeys:
 *
 *     let stage: Stage;
 *     beforeAll(async () => { stage = await openStage(); });
 *     afterAll(() => stage[Symbol.asyncDispose]());
 *
 * @param env settings of a product that is this file's own: for what would be felt by others too. Without it files
 *   share one, each with people of its own and a clock that is right at the beginning.
 */
export async function openStage(env?: Record<string, string>): Promise<Stage> {
  if (env) return newStage(env);
  shared ??= newStage({});
  const stage = await shared;
  await stage.resetClock();
  // The product and the browser end with the worker.
  return { ...stage, [Symbol.asyncDispose]: async () => undefined };
}

async function newStage(env: Record<string, string>): Promise<OwnStage> {
  const masterKey = randomBytes(32);
  const settings = {
    SIGILLO_MASTER_KEY: masterKey.toString('base64url'),
    SIGILLO_TRUSTED_PROXIES: '127.0.0.1,::1',
    ...env,
  };
  const [product, browser] = await Promise.all([startProduct(settings), launchBrowser()]);
  const { dev } = product;
  const keyring = await loadKeyring(product.database.db, keyEncryptionKeyOf(masterKey), Date.now());
  let offsetMs = 0;
  const nowMs = () => Date.now() + offsetMs;
  const advance = async (seconds: number) => {
    const { offsetSeconds } = (await dev.advance(seconds)) as { offsetSeconds: number };
    offsetMs = 1000 * offsetSeconds;
  };
  return {
    product,
    browser,
    keyring,
    nowMs,
    advance,
    resetClock: async () => {
      await dev.resetClock();
      offsetMs = 0;
    },
    holder: await holderFactory(product, keyring, nowMs),
    nextCode: codesOf(nowMs, advance),
    mailedLink: dev.link,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await product[Symbol.asyncDispose]();
    },
  };
}

/** The code an authenticator app with this key shows at a moment. */
export async function totp(key: string, atMs: number): Promise<string> {
  const seed = base32Decode(key);
  if (!seed) throw new TypeError(`"${key}" is no key`);
  return totpAt(seed, atMs);
}

/** A code works once: when the current one was used, the next is waited for. */
function codesOf(nowMs: () => number, advance: Stage['advance']): Stage['nextCode'] {
  const usedSteps = new Map<string, number>();
  return async (key) => {
    const step = Math.max(timeStepAt(nowMs()), (usedSteps.get(key) ?? 0) + 1);
    if (step > timeStepAt(nowMs())) await advance(30);
    usedSteps.set(key, step);
    return totp(key, step * 30_000);
  };
}
