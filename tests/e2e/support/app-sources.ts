import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type * as Protocol from '@sigillo/device-protocol';
import type { Route } from 'playwright-core';
import type * as Linked from '../../../apps/authenticator/src/linked/linked-accounts.ts';
import type * as Storage from '../../../apps/authenticator/src/vault/storage.ts';
import type { Visitor } from './visitor.ts';

declare global {
  interface Window {
    /** Modules of the app, once `loadAppSources` has brought them. */
    sources?: { protocol: typeof Protocol; linked: typeof Linked; storage: typeof Storage };
  }
}

const PREFIX = '/sources/';
const ROOT = new URL('../../../', import.meta.url);
/** Where the app's modules find each other. */
const PACKAGES = /(['"])@sigillo\/([a-z-]+)\1/g;
const LOADER = `
import * as protocol from '${PREFIX}packages/device-protocol/src/index.ts';
import * as linked from '${PREFIX}apps/authenticator/src/linked/linked-accounts.ts';
import * as storage from '${PREFIX}apps/authenticator/src/vault/storage.ts';
window.sources = { protocol, linked, storage };
`;

/**
 * Brings the very modules that the app is built from into its page, as `window.sources`, so that a test does
 * what a screen does without walking through it.
 */
export async function loadAppSources({ page }: Visitor): Promise<void> {
  await page.route((url) => url.pathname.startsWith(PREFIX), serve);
  await page.addScriptTag({ type: 'module', url: `${PREFIX}loader.js` });
  await page.waitForFunction(() => window.sources);
}

async function serve(route: Route): Promise<void> {
  const path = new URL(route.request().url()).pathname.slice(PREFIX.length);
  const contentType = 'text/javascript';
  if (path === 'loader.js') return route.fulfill({ contentType, body: LOADER });
  if (!/^(apps|packages)\/[a-z-]+\/src\/[a-z0-9/-]+\.ts$/.test(path)) return route.fulfill({ status: 404 });
  const source = stripTypeScriptTypes(readFileSync(new URL(path, ROOT), 'utf8'));
  const body = source.replace(PACKAGES, `"${PREFIX}packages/$2/src/index.ts"`);
  return route.fulfill({ contentType, body });
}
