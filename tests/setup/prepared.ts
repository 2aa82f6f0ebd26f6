import type { HttpBrowser } from './http-browser.ts';
import type { Holder, PopulatedInstallation } from './populated.ts';

/** A write of the API that is ready to be sent and would succeed. */
export interface Prepared {
  browser: HttpBrowser;
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body: Record<string, unknown>;
  /** Whose account it concerns; null before there is one. */
  holder: Holder | null;
}

export type Prepare = (on: PopulatedInstallation) => Promise<Prepared>;

export const post = (browser: HttpBrowser, path: string, body: object, holder: Holder | null): Prepared => ({
  browser,
  method: 'POST',
  path,
  body: { ...body },
  holder,
});
