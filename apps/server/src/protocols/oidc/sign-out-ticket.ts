import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { LIFETIMES } from './lifetimes.ts';

/** Where the sign-out page is answered. */
export const CONFIRM_PATH = '/oidc/sign-out/confirm';

const Request = z.object({
  sessionId: z.string(),
  clientId: z.string().nullable(),
  returnUri: z.string().nullable(),
  state: z.string().nullable(),
});

/** A sign-out that a relying party asked for and the library found in order. */
export type SignOutRequest = z.infer<typeof Request>;

export interface SignOutTickets {
  /** The request as a text that only we can have written, for the form of the page that asks. */
  issue(request: SignOutRequest): string;
  /** The request of a ticket; undefined when it is not ours, or too old. */
  read(ticket: string): SignOutRequest | undefined;
}

/** Signed rather than stored: whoever never answers leaves nothing behind. */
export function signOutTickets(keyring: Keyring, clock: Clock): SignOutTickets {
  const sign = (body: string) => keyring.mac('oidc-sign-out', body).toString('base64url');
  return {
    issue: (request) => {
      const expiresAtMs = clock.nowMs() + LIFETIMES.interaction * 1000;
      const body = Buffer.from(JSON.stringify({ request, expiresAtMs })).toString('base64url');
      return `${body}.${sign(body)}`;
    },
    read: (ticket) => {
      const [body = '', signature = ''] = ticket.split('.');
      if (!constantTimeEqual(signature, sign(body))) return undefined;
      const { request, expiresAtMs } = JSON.parse(Buffer.from(body, 'base64url').toString());
      return clock.nowMs() < expiresAtMs ? Request.parse(request) : undefined;
    },
  };
}
