/** What a browser has to fetch before one can sign in: on a slow connection it is what makes one wait. */
import type { Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOOKS } from './support/looks.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage } from './support/visitor.ts';

const MOST_BYTES = 150_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test.for(LOOKS)(
  'in $language at $width px the sign-in page is usable with less than 150 kB of script',
  async (look) => {
    const visitor = await openPage(stage, look);
    const { page, say } = visitor;
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response);
    });
    await visitor.go(`${stage.product.claims}/sign-in`);
    await visitor.arrive(say('sign-in.title'));
    await visitor.fill(say('sign-in.identifier'), 'ada@example.org');
    await page.waitForLoadState('networkidle');

    const sizes = await Promise.all(
      scripts.map(async (script) => (await script.request().sizes()).responseBodySize),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
  },
);

test.for(LOOKS)(
  'in $language at $width px scripts and styles travel compressed, once for ever',
  async (look) => {
    const visitor = await openPage(stage, look);
    const files: Response[] = [];
    visitor.page.on('response', (response) => {
      if (new URL(response.url()).pathname.startsWith('/assets/') && /\.(js|css)$/.test(response.url()))
        files.push(response);
    });
    await visitor.go(`${stage.product.issuer}/sign-in`);
    await visitor.arrive(visitor.say('sign-in.title'));

    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(await file.allHeaders()).toMatchObject({
        'content-encoding': expect.stringMatching(/^(br|gzip)$/),
        'cache-control': 'public, max-age=31536000, immutable',
      });
    }
  },
);
