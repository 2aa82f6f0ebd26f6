import { newNonce, signMessage, signRequest, textDigest, thumbprint } from '@sigillo/device-protocol';
import type { RequestView } from '../../apps/server/src/protocols/device/asked.ts';
import { type AppGround, type DeviceApp, send, signed } from './device-app.ts';
import type { Answer, HttpBrowser } from './http-browser.ts';
import { good, type InCeremony } from './journeys.ts';

/** What an app does about requests, as the real one does, without screens. */

type App = Pick<DeviceApp, 'id' | 'keys' | 'approval' | 'address'>;

/** What waits for the app. */
export async function listRequests(
  on: AppGround,
  app: App,
  node = 0,
): Promise<Answer<{ requests: RequestView[] }>> {
  const path = '/device/requests?language=en';
  const signer = { deviceKey: app.keys.deviceKey, keyId: app.id, nonce: newNonce(on.nowMs()) };
  const headers = await signRequest({ method: 'GET', url: `${on.server.issuer}${path}` }, signer);
  const response = await fetch(`${on.nodes[node]?.url}${path}`, {
    headers: {
      ...headers,
      host: new URL(on.server.issuer).host,
      'x-forwarded-for': app.address ?? '198.18.0.1',
    },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
}

/** Scans what a page shows, or types the code it gives. */
export async function scan(
  on: AppGround,
  app: App,
  shown: { id: string } | { code: string },
  node = 0,
): Promise<Answer<{ request: RequestView }>> {
  const request = await signed(on, app, '/device/scans', { ...shown, language: 'en' });
  return (await send(on, request, node)) as never;
}

/** What is bent in an answer that should be refused. */
export interface BentAnswer {
  number?: string | null;
  generation?: number;
  bend?: Partial<Record<'account' | 'client' | 'type' | 'nonce' | 'operationDigest' | 'textDigest', string>>;
  /** Signed by this app's keys in place of its own. */
  by?: App;
  node?: number;
}

async function question(on: AppGround, request: RequestView, bend: BentAnswer['bend'] = {}) {
  const { nonce, account, client, type, operationDigest, text } = request;
  const digest = await textDigest(text);
  return {
    issuer: on.server.issuer,
    nonce,
    account,
    client,
    type,
    operationDigest,
    textDigest: digest,
    ...bend,
  };
}

/** The approval that the app would send. */
export async function approvalOf(
  on: AppGround,
  app: App,
  request: RequestView,
  { number = null, generation = 0, bend = {}, by = app }: BentAnswer = {},
): Promise<string> {
  const asked = await question(on, request, bend);
  const signer = { key: by.approval.signingKey, keyId: await thumbprint(by.approval.publicKey) };
  return signMessage('sigillo-approval', { ...asked, decision: 'approved', number, generation }, signer);
}

export async function approve(
  on: AppGround,
  app: App,
  request: RequestView,
  bent: BentAnswer = {},
): Promise<Answer<{ check: string | null }>> {
  const approval = await approvalOf(on, app, request, bent);
  const path = `/device/requests/${request.id}/approve`;
  return (await send(on, await signed(on, app, path, { approval }), bent.node)) as never;
}

/** The refusal that the app would send. */
export async function refusalOf(
  on: AppGround,
  app: App,
  request: RequestView,
  reason: 'refused' | 'not-me' = 'refused',
): Promise<string> {
  const signer = { key: app.keys.deviceKey, keyId: app.keys.deviceKeyId };
  return signMessage('sigillo-refusal', { ...(await question(on, request)), reason }, signer);
}

export async function refuse(
  on: AppGround,
  app: App,
  request: RequestView,
  reason: 'refused' | 'not-me' = 'refused',
) {
  const refusal = await refusalOf(on, app, request, reason);
  return send(on, await signed(on, app, `/device/requests/${request.id}/refuse`, { refusal }));
}

export interface Ticket {
  id: string;
  state: string;
  text: string | null;
  code: string | null;
  redrawsLeft: number;
  needsCheck: boolean;
  expiresAt: string;
}

/** A picture on a page of this browser. */
export async function showQr(browser: HttpBrowser, body: { ceremony?: string; interaction?: string } = {}) {
  return good(await browser.post<{ ticket: Ticket }>('/api/qr-tickets', body)).ticket;
}

/** What the picture holds. */
export function pictureOf(ticket: Ticket): { id: string } {
  return { id: new URLSearchParams(new URL(ticket.text ?? '').hash.slice(1)).get('id') ?? '' };
}

export const ticketOf = async (browser: HttpBrowser, id: string) =>
  good(await browser.get<{ ticket: Ticket }>(`/api/qr-tickets/${id}`)).ticket;

export const redeem = (browser: HttpBrowser, id: string, body: { check?: string } = {}) =>
  browser.post<InCeremony>(`/api/qr-tickets/${id}/redeem`, body);
