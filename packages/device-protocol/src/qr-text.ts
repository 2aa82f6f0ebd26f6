import { base64urlDecode } from './base64.ts';
import { isOrigin } from './message-shapes.ts';
import { PAIRING_CODE, readTypedCode } from './typed-code.ts';

/** On a sign-in page: asks the app to approve the sign-in that waits there. */
export interface SignInQr {
  kind: 'sign-in';
  /** Whose sign-in page it is: an origin. */
  issuer: string;
  /** 16 to 32 random bytes, base64url. It names the sign-in and opens nothing. */
  id: string;
}

/** On an account page: asks the app to pair. */
export interface PairingQr {
  kind: 'pair';
  issuer: string;
  /** One-use code, without dashes: see `PAIRING_CODE`. */
  code: string;
  /** Thumbprint of a key of the issuer's, base64url: the app pairs with who holds it, and nobody else. */
  issuerKey: string;
}

export type QrContent = SignInQr | PairingQr;

/** No QR text of ours is longer. */
const MAX_LENGTH = 1024;
const SIGN_IN = /^do=sign-in&v=1&issuer=([^&=]*)&id=([^&=]*)$/;
const PAIRING = /^do=pair&v=1&issuer=([^&=]*)&code=([^&=]*)&key=([^&=]*)$/;

/**
 * The text of a QR code: an address of the authenticator, so that a telephone's camera opens the app; what it
 * says is behind the `#`, which a browser sends to no server.
 *
 * @param appOrigin origin of the authenticator
 * @throws RangeError when a part is malformed
 */
export function writeQr(appOrigin: string, content: QrContent): string {
  if (!isOrigin(appOrigin) || !isWellFormed(content)) throw new RangeError('malformed QR content');
  return `${appOrigin}/#${fragmentOf(content)}`;
}

/**
 * What a scanned text asks of the app of this origin, or undefined. Read strictly: it is exactly what `writeQr`
 * writes, and anything else (another app's code, a page's address, an `otpauth:` key) is none.
 */
export function readQr(appOrigin: string, text: string): QrContent | undefined {
  const start = `${appOrigin}/#`;
  if (text.length > MAX_LENGTH || !text.startsWith(start)) return undefined;
  const fragment = text.slice(start.length);
  const content = readSignIn(fragment) ?? readPairing(fragment);
  const isExact = content && isWellFormed(content) && fragmentOf(content) === fragment;
  return isExact ? content : undefined;
}

function fragmentOf(content: QrContent): string {
  const issuer = encodeURIComponent(content.issuer);
  if (content.kind === 'sign-in') return `do=sign-in&v=1&issuer=${issuer}&id=${content.id}`;
  return `do=pair&v=1&issuer=${issuer}&code=${content.code}&key=${content.issuerKey}`;
}

function readSignIn(fragment: string): SignInQr | undefined {
  const [, issuer, id] = SIGN_IN.exec(fragment) ?? [];
  return issuer && id ? { kind: 'sign-in', issuer: decode(issuer), id } : undefined;
}

function readPairing(fragment: string): PairingQr | undefined {
  const [, issuer, code, issuerKey] = PAIRING.exec(fragment) ?? [];
  return issuer && code && issuerKey ? { kind: 'pair', issuer: decode(issuer), code, issuerKey } : undefined;
}

/** The text behind percent signs; empty, which is no issuer, when they encode nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function isWellFormed(content: QrContent): boolean {
  if (!isOrigin(content.issuer)) return false;
  if (content.kind === 'sign-in') {
    const length = base64urlDecode(content.id)?.length ?? 0;
    return length >= 16 && length <= 32;
  }
  const isCode = readTypedCode(content.code, PAIRING_CODE) === content.code;
  return isCode && base64urlDecode(content.issuerKey)?.length === 32;
}
