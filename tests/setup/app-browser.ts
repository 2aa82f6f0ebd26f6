import { newNonce, signRequest } from '@sigillo/device-protocol';
import type { DeviceApp } from './device-app.ts';
import { HttpBrowser } from './http-browser.ts';
import type { PopulatedInstallation } from './populated.ts';

/** Where tests say that the app is served. */
const APP_ORIGIN = 'http://localhost:8081';

/** How an app names itself: by its id, or by its key as long as it has none. */
export type Signer = Pick<DeviceApp, 'id' | 'keys'>;

/** The app's own way to the server: no cookie counts, and every request is signed, each by a nonce of its own. */
export class AppBrowser extends HttpBrowser {
  readonly #on: PopulatedInstallation;
  readonly #signer: Signer;

  constructor(on: PopulatedInstallation, signer: Signer, base = on.server.url) {
    super(on.server.issuer, base);
    this.#on = on;
    this.#signer = signer;
  }

  override at(base: string): AppBrowser {
    return new AppBrowser(this.#on, this.#signer, base);
  }

  override async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const url = `${this.#on.server.issuer}${path}`;
    const bytes = text === undefined ? {} : { body: new TextEncoder().encode(text) };
    const { id: keyId, keys } = this.#signer;
    const nonce = newNonce(this.#on.nowMs());
    const signed = await signRequest({ method, url, ...bytes }, { deviceKey: keys.deviceKey, keyId, nonce });
    const from = { origin: APP_ORIGIN, 'sec-fetch-site': 'cross-site' };
    return super.request(method, path, text, { ...from, ...signed, ...headers });
  }
}
