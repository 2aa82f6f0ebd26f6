import type { Page } from 'playwright-core';

/** What a page shows of its QR codes and codes to type, as the answers that made them said. */
export interface ShownCodes {
  /** What every picture held so far, in order. */
  texts: string[];
  /** Waits for the next one that is on the page after this many. */
  next(after: number): Promise<string>;
}

const MADE = /\/api\/(qr-tickets|account\/devices\/pairings)(\/[^/]+\/redraw)?$/;

/** Reads along from now on. */
export function watchShownCodes(page: Page): ShownCodes {
  const texts: string[] = [];
  page.on('response', async (response) => {
    const isMade = response.request().method() === 'POST' && MADE.test(new URL(response.url()).pathname);
    if (!isMade || !response.ok()) return;
    const body = (await response.json()) as Record<string, { text: string | null }>;
    const text = (body.ticket ?? body.pairing)?.text;
    if (text) texts.push(text);
  });
  return {
    texts,
    async next(after) {
      for (let tries = 0; tries < 150 && texts.length <= after; tries++) await page.waitForTimeout(100);
      const text = texts[after];
      if (!text) throw new Error(`no picture after ${after}`);
      return text;
    },
  };
}
