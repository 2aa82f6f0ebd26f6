import { domainToASCII } from 'node:url';
import { isLookAlike } from './look-alikes.ts';

/** Limits of RFC 5321 §4.5.3.1, in octets; a path is 256 with its angle brackets. */
const MAX_LOCAL_PART = 64;
const MAX_DOMAIN = 255;
const MAX_ADDRESS = 254;

/** A dot-atom of RFC 5322 §3.2.3, with the letters of every script (RFC 6531 §3.3); no quoted strings. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** Names only, no address literals: letters, digits and inner hyphens, at least two labels (RFC 1123 §2.1). */
const ASCII_DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * An e-mail address as it is stored and written to: spaces around it removed, NFC, the domain in lower-case
 * ASCII (IDNA), the local part as its owner spells it. Undefined when it is not a plain address: conservative
 * on purpose, since an address decides who may reset a password; what looks like another one is none. Control, bidirectional and zero-width
 * characters are in none of the allowed classes.
 */
export function parseEmailAddress(text: string): string | undefined {
  if (text.length > 2 * MAX_ADDRESS) return undefined;
  const address = text.trim().normalize('NFC');
  const at = address.lastIndexOf('@');
  const localPart = address.slice(0, Math.max(0, at));
  const domain = asciiDomain(address.slice(at + 1));
  if (!LOCAL_PART.test(localPart) || isLookAlike(localPart) || domain === undefined) return undefined;

  const octets = Buffer.byteLength(localPart);
  const isTooLong = octets > MAX_LOCAL_PART || octets + 1 + domain.length > MAX_ADDRESS;
  return isTooLong ? undefined : `${localPart}@${domain}`;
}

/**
 * The form in which two spellings of one login identifier are equal: case does not count, though it might to
 * a mail server (RFC 5321 §2.4); none is known to tell people apart by it, and people do not spell it the
 * same twice.
 *
 * @param address as answered by `parseEmailAddress`
 */
export function foldEmailAddress(address: string): string {
  return address.toLowerCase().normalize('NFC');
}

/** What a page may show before its reader has proven who they are: `a•••@example.org`. */
export function maskEmailAddress(address: string): string {
  const [first = ''] = address;
  return `${first}•••${address.slice(address.lastIndexOf('@'))}`;
}

function asciiDomain(domain: string): string | undefined {
  // `domainToASCII` parses hosts as browsers do, which would decode percent signs and number forms.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  return ascii.length <= MAX_DOMAIN && ASCII_DOMAIN.test(ascii) ? ascii : undefined;
}
