import type { Page } from 'playwright-core';

/** What a page shows of its QR codes and codes to type, as the answers that made them said. */
export interface ShownCodes {
  /** What every picture held so far, in order. */
  texts: string[];
  /** Whose picture each of them was. */
  ids: string[];
  /** Waits for the next one that is on the page after this many. */
  next(after: number): Promise<string>;
}

const MADE = /\/api\/(qr-tickets|account\/devices\/pairings)(\/[^/]+\/redraw)?$/;

/** Reads along from now on. */
export function watchShownCodes(page: Page): ShownCodes {
  const texts: string[] = [];
  const ids: string[] = [];
  page.on('response', async (response) => {
    const isMade = response.request().method() === 'POST' && MADE.test(new URL(response.url()).pathname);
    if (!isMade || !response.ok()) return;
    const body = (await response.json()) as Record<string, { id: string; text: string | null }>;
    const made = body.ticket ?? body.pairing;
    if (!made?.text) return;
    texts.push(made.text);
    ids.push(made.id);
  });
  return {
    texts,
    ids,
    async next(after) {
      for (let tries = 0; tries < 150 && texts.length <= after; tries++) await page.waitForTimeout(100);
      const text = texts[after];
      if (!text) throw new Error(`no picture after ${after}`);
      return text;
    },
  };
}
