import type { RequestView } from '../../../apps/server/src/protocols/device/asked.ts';
import { approve, listRequests, refuse, scan } from '../../setup/app-requests.ts';
import { type AppGround, type DeviceApp, linkedApp } from '../../setup/device-app.ts';
import type { Answer } from '../../setup/http-browser.ts';
import { newApp, tryPair } from '../../setup/link-app.ts';
import type { Holder } from './holders.ts';
import type { Stage } from './stage.ts';

/** The app of a holder, as the server knows it: it signs as the real one does, without screens. */
export interface Phone {
  app: DeviceApp;
  /** Reads a picture, given what it holds, or types a code. */
  scan(shown: { text: string } | { code: string }): Promise<RequestView>;
  /** The same, refused. @returns the status */
  scanInVain(shown: { text: string }): Promise<number>;
  /** The notification that is open. */
  asked(): Promise<RequestView>;
  /** @returns the digits that the app shows, if any */
  approve(request: RequestView, number?: string): Promise<string | null>;
  /** Types a number that is not the one on the page. */
  approveWrongly(request: RequestView, number: string): Promise<void>;
  refuse(request: RequestView, reason?: 'refused' | 'not-me'): Promise<void>;
}

function groundOf({ product: { issuer, database }, keyring, nowMs }: Stage): AppGround {
  return { database, keyring, nowMs, server: { issuer }, nodes: [{ url: issuer }] };
}

/** A new telephone comes with a code that a page shows. @returns the status */
export async function comeWithCode(stage: Stage, code: string, name: string): Promise<number> {
  return (await tryPair(groundOf(stage), await newApp(), code, { name })).status;
}

/** Links a telephone to an account. */
export async function phoneOf(stage: Stage, holder: Holder): Promise<Phone> {
  const on = groundOf(stage);
  const app = await linkedApp(on, holder);
  const read = (shown: { text: string } | { code: string }) =>
    scan(on, app, 'text' in shown ? { id: idIn(shown.text) } : shown);
  return {
    app,
    scan: async (shown) => good(await read(shown)).request,
    scanInVain: async (shown) => (await read(shown)).status,
    async asked() {
      const [request] = good(await listRequests(on, app)).requests;
      if (!request) throw new Error('nothing waits for this app');
      return request;
    },
    approve: async (request, number) =>
      good(await approve(on, app, request, number === undefined ? {} : { number })).check,
    async approveWrongly(request, number) {
      const { status } = await approve(on, app, request, { number });
      if (status !== 422) throw new Error(`a wrong number was answered with ${status}`);
    },
    refuse: async (request, reason) => void good(await refuse(on, app, request, reason)),
  };
}

function idIn(text: string): string {
  return new URLSearchParams(new URL(text).hash.slice(1)).get('id') ?? '';
}

function good<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}
