import type { SignInQr } from '@sigillo/device-protocol';

/** What a sign-in page showed: a QR code, or a code to type, which does not say whose page it is. */
export type Scanned = Pick<SignInQr, 'issuer' | 'id'> | { issuer?: undefined; code: string };

/** Whether the router's state is one: the history of a browser may hold anything. */
export function isScanned(state: unknown): state is Scanned {
  const members: Record<string, unknown> = { ...(state as object | null) };
  const isQr = typeof members.issuer === 'string' && typeof members.id === 'string';
  return isQr || (members.issuer === undefined && typeof members.code === 'string');
}
