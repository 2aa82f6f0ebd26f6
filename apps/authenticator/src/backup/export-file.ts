import { base32Decode, base32Encode, checkedKey, type OtpAlgorithm, type ReadOtpauthKey } from '@sigillo/otp';

/** How an export is written; docs/integrate/authenticator-export.md says it byte by byte. */
const FORMAT = 'sigillo-authenticator-export';
const VERSION = 1;
/** Of PBKDF2 with SHA-256; what OWASP asks for (Password Storage Cheat Sheet). */
const ITERATIONS = 600_000;
/** A file that asks for more would keep a telephone busy for minutes. */
const MAX_ITERATIONS = 10_000_000;
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_ACCOUNTS = 1000;
const SALT_BYTES = 16;
const IV_BYTES = 12;

/** Short passphrases are guessed from a copy of the file, however slow each guess. */
export const MIN_PASSPHRASE_LENGTH = 12;

/** Why a file is not taken. */
export type ImportFault = 'not-ours' | 'newer' | 'too-large' | 'damaged' | 'wrong-passphrase';

/** An import that was refused; nothing was changed. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly fault: ImportFault;
  constructor(fault: ImportFault) {
    super(fault);
    this.fault = fault;
  }
}

/** An export whose outside was checked; what is in it needs the passphrase. */
export interface SealedExport {
  iterations: number;
  salt: Uint8Array<ArrayBuffer>;
  iv: Uint8Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
}

/** Writes accounts into a file that only the passphrase opens. */
export async function writeExport(keys: readonly ReadOtpauthKey[], passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await keyFrom(passphrase, salt, ITERATIONS);
  const content = new TextEncoder().encode(JSON.stringify({ accounts: keys.map(toAccount) }));
  const algorithm = { name: 'AES-GCM', iv, additionalData: headBytes(ITERATIONS, salt, iv) };
  const data = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, content));
  const file = {
    format: FORMAT,
    version: VERSION,
    iterations: ITERATIONS,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(data),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads the outside of an export. @throws ImportRefused */
export function readSealedExport(text: string): SealedExport {
  if (text.length > MAX_FILE_BYTES) throw new ImportRefused('too-large');
  const file = parseJson(text);
  if (!isRecord(file) || file.format !== FORMAT) throw new ImportRefused('not-ours');
  if (typeof file.version === 'number' && file.version > VERSION) throw new ImportRefused('newer');
  const { version, iterations } = file;
  const [salt, iv, data] = [file.salt, file.iv, file.data].map(fromBase64);
  const isWhole = salt?.length === SALT_BYTES && iv?.length === IV_BYTES && data && data.length > 16;
  if (version !== VERSION || !isWhole || !isBetween(iterations, ITERATIONS, MAX_ITERATIONS))
    throw new ImportRefused('damaged');
  return { iterations, salt, iv, data };
}

/**
 * Opens an export: all of its accounts, or none when one of them is not as it should be.
 *
 * @throws ImportRefused; a changed byte cannot be told from a wrong passphrase
 */
export async function openExport(sealed: SealedExport, passphrase: string): Promise<ReadOtpauthKey[]> {
  const { iterations, salt, iv, data } = sealed;
  const key = await keyFrom(passphrase, salt, iterations);
  const algorithm = { name: 'AES-GCM', iv, additionalData: headBytes(iterations, salt, iv) };
  const content = await crypto.subtle.decrypt(algorithm, key, data).catch(() => {
    throw new ImportRefused('wrong-passphrase');
  });
  const inside = parseJson(new TextDecoder().decode(content));
  const accounts = isRecord(inside) ? inside.accounts : undefined;
  if (!Array.isArray(accounts) || accounts.length > MAX_ACCOUNTS) throw new ImportRefused('damaged');
  const keys = accounts.map(fromAccount);
  if (!keys.every((one) => one !== undefined)) throw new ImportRefused('damaged');
  return keys;
}

/** The same letters typed on another system make the same key: Unicode NFKC, UTF-8. */
async function keyFrom(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const algorithm = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, material, algorithm, false, ['encrypt', 'decrypt']);
}

/** The head is part of what the tag of the cipher vouches for. */
function headBytes(iterations: number, salt: Uint8Array, iv: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [FORMAT, VERSION, iterations, toBase64(salt), toBase64(iv)].join('|');
  return new TextEncoder().encode(head);
}

function toAccount({ seed, ...key }: ReadOtpauthKey): object {
  return { ...key, secret: base32Encode(seed) };
}

const ALGORITHMS: readonly OtpAlgorithm[] = ['SHA-1', 'SHA-256', 'SHA-512'];

function fromAccount(value: unknown): ReadOtpauthKey | undefined {
  if (!isRecord(value)) return undefined;
  const { type, issuer, account, secret, digits, algorithm, stepSeconds, counter } = value;
  if (typeof type !== 'string' || typeof issuer !== 'string' || typeof account !== 'string') return undefined;
  return checkedKey({
    type,
    issuer,
    account,
    seed: typeof secret === 'string' ? base32Decode(secret) : undefined,
    digits: numberOr(digits),
    algorithm: ALGORITHMS.find((known) => known === algorithm),
    stepSeconds: numberOr(stepSeconds),
    counter: numberOr(counter),
  });
}

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function isBetween(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  try {
    return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
