import { callApi } from '../api/call-api.ts';
import type { CeremonyView, QrTicketView } from '../api/contract.ts';

/** What the code is for: the sign-in of a portal, or a step of a ceremony; without either, our own sign-in. */
export interface QrPurpose {
  interaction?: string;
  ceremony?: string;
}

async function ticketOf(method: 'GET' | 'POST', path: string, body?: object): Promise<QrTicketView> {
  const { ticket } = await callApi<{ ticket: QrTicketView }>(method, path, body);
  return ticket;
}

/** Where one asks about a code, and listens. */
export function qrPath(id: string): string {
  return `/qr-tickets/${encodeURIComponent(id)}`;
}

export function startQr(purpose: QrPurpose): Promise<QrTicketView> {
  return ticketOf('POST', '/qr-tickets', purpose);
}

export function getQr(id: string): Promise<QrTicketView> {
  return ticketOf('GET', qrPath(id));
}

/** Another picture for the same ticket; the one before stops working. */
export function redrawQr(id: string): Promise<QrTicketView> {
  return ticketOf('POST', `${qrPath(id)}/redraw`);
}

/** A code to type in place of the picture, which stops working. */
export function typeQrInstead(id: string): Promise<QrTicketView> {
  return ticketOf('POST', `${qrPath(id)}/typed-code`);
}

export function cancelQr(id: string): Promise<void> {
  return callApi('POST', `${qrPath(id)}/cancel`);
}

/**
 * Takes what the app approved, once; what comes next is in the ceremony.
 *
 * @param check the six digits that the app shows, where they are asked for
 */
export async function redeemQr(id: string, check?: string): Promise<CeremonyView> {
  const body = check === undefined ? {} : { check };
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', `${qrPath(id)}/redeem`, body);
  return ceremony;
}
