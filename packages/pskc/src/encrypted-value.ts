import type { Element } from '@xmldom/xmldom';
import { at, textOf } from './parse-xml.ts';
import { Unreadable } from './token-record.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What opens an encrypted container: the key that was agreed on, or the password it is derived from. */
export type ContainerSecret = { key: Uint8Array } | { password: string };

/** The keys of one container: what decrypts, and what shows that nothing was changed. */
export interface ContainerKeys {
  key: Bytes;
  mac: { key: Bytes; hash: string };
}

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const CBC_KEY_BYTES: Record<string, number> = {
  [`${XMLENC}aes128-cbc`]: 16,
  [`${XMLENC}aes192-cbc`]: 24,
  [`${XMLENC}aes256-cbc`]: 32,
};
const PBKDF2 =
  /^http:\/\/www\.(?:rsasecurity\.com\/rsalabs\/pkcs\/schemas\/pkcs-5v2-0|w3\.org\/2009\/xmlenc11)#pbkdf2$/;
const HMAC = /^http:\/\/www\.w3\.org\/(?:2000\/09\/xmldsig|2001\/04\/xmldsig-more)#hmac-sha(1|256|384|512)$/;
const MOST_ITERATIONS = 10_000_000;

/**
 * The keys of a container that encrypts anything; undefined where nothing is encrypted. The MAC key is decrypted
 * before there is a MAC to check it by (RFC 6030 §6.1.1); a wrong one fits no value.
 *
 * @throws Unreadable
 */
export async function containerKeys(
  container: Element,
  secret: ContainerSecret | undefined,
): Promise<ContainerKeys | undefined> {
  const encryption = at(container, 'EncryptionKey');
  if (!encryption) return undefined;
  if (!secret) throw new Unreadable('the file is encrypted: its password or its key is needed');
  const key = await encryptionKey(encryption, secret);
  const method = at(container, 'MACMethod');
  if (!method)
    throw new Unreadable('the file is encrypted and says no way to find out whether it was changed');
  const hash = hmacHash(method.getAttribute('Algorithm'));
  const macKey = at(method, 'MACKey');
  // Without a key of its own, the MAC is made with the one that encrypts (RFC 6030 §6.1.1).
  return { key, mac: { key: macKey ? await decryptCbc(cipherOf(macKey), key) : key, hash } };
}

async function encryptionKey(encryption: Element, secret: ContainerSecret): Promise<Bytes> {
  const method = at(encryption, 'DerivedKey', 'KeyDerivationMethod');
  if (!method) {
    if ('key' in secret) return new Uint8Array(secret.key);
    throw new Unreadable('the file is encrypted with a key, not with a password');
  }
  if (!('password' in secret)) throw new Unreadable('the file is encrypted with a password, not with a key');
  if (!PBKDF2.test(method.getAttribute('Algorithm') ?? ''))
    throw new Unreadable('the way in which its key is derived from the password is not known');
  return derive(secret.password, at(method, 'PBKDF2-params'));
}

/** PBKDF2 (RFC 8018 §5.2) with the parameters of the file. */
async function derive(password: string, parameters: Element | undefined): Promise<Bytes> {
  const salt = base64(textOf(at(parameters, 'Salt', 'Specified')));
  const iterations = Number(textOf(at(parameters, 'IterationCount')));
  const length = Number(textOf(at(parameters, 'KeyLength')));
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MOST_ITERATIONS)
    throw new Unreadable(`passwords are hashed 1 to ${MOST_ITERATIONS} times`);
  if (![16, 24, 32].includes(length)) throw new Unreadable('a derived key has 16, 24 or 32 bytes');
  const prf = at(parameters, 'PRF')?.getAttribute('Algorithm');
  const hash = prf ? hmacHash(prf) : 'SHA-1';
  const text = new TextEncoder().encode(password);
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash, salt, iterations }, base, length * 8);
  return new Uint8Array(bits);
}

function hmacHash(algorithm: string | null): string {
  const bits = HMAC.exec(algorithm ?? '')?.[1];
  if (bits === undefined) throw new Unreadable(`the MAC algorithm ${algorithm ?? ''} is not known`);
  return `SHA-${bits}`;
}

/**
 * The bytes behind an encrypted value. Its MAC, which is over the vector and what was encrypted, is checked first
 * (RFC 6030 §6.1.1): nothing that was changed is ever decrypted.
 *
 * @throws Unreadable
 */
export async function openValue(
  value: Element,
  mac: string | undefined,
  keys: ContainerKeys | undefined,
): Promise<Bytes> {
  if (!keys) throw new Unreadable('it is encrypted, and the file names no key');
  if (mac === undefined) throw new Unreadable('it is encrypted without a MAC');
  const cipher = cipherOf(value);
  const { key, hash } = keys.mac;
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['verify']);
  if (!(await crypto.subtle.verify('HMAC', hmac, base64(mac), cipher.bytes)))
    throw new Unreadable('its MAC does not fit: the password or key is wrong, or the file was changed');
  return decryptCbc(cipher, keys.key);
}

interface Cipher {
  bytes: Bytes;
  keyBytes: number;
}

function cipherOf(element: Element): Cipher {
  const algorithm = at(element, 'EncryptionMethod')?.getAttribute('Algorithm') ?? '';
  const keyBytes = CBC_KEY_BYTES[algorithm];
  if (keyBytes === undefined)
    throw new Unreadable(`the encryption ${algorithm || 'without a name'} is not known`);
  return { bytes: base64(textOf(at(element, 'CipherData', 'CipherValue'))), keyBytes };
}

/**
 * AES-CBC as XML Encryption has it (§5.2): the vector first; the last byte says how many are padding, and the
 * other bytes of the padding may be anything, where Web Crypto insists on those of PKCS #7. So a block of its own
 * padding is put behind, which it takes off again, and ours is taken off here.
 */
async function decryptCbc({ bytes, keyBytes }: Cipher, key: Bytes): Promise<Bytes> {
  if (key.length !== keyBytes)
    throw new Unreadable(`the key has ${key.length} bytes where ${keyBytes} are needed`);
  if (bytes.length < 32 || bytes.length % 16 !== 0) throw new Unreadable('an encrypted value is cut');
  const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt', 'decrypt']);
  const last = bytes.slice(-16);
  const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, aes, new Uint8Array());
  const padded = new Uint8Array([...bytes.slice(16), ...new Uint8Array(padding)]);
  const iv = bytes.slice(0, 16);
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, padded));
  const count = plain.at(-1) ?? 0;
  if (count < 1 || count > 16) throw new Unreadable('it cannot be decrypted: the password or key is wrong');
  return plain.slice(0, plain.length - count);
}

/** @throws Unreadable */
export function base64(text: string | undefined): Bytes {
  try {
    const bytes = atob((text ?? '').replace(/\s/g, ''));
    if (bytes.length > 0) return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  } catch {
    // Not base 64: told below.
  }
  throw new Unreadable('a value in base 64 is missing or damaged');
}
