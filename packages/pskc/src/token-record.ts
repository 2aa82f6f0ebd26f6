import type { OtpAlgorithm } from '@sigillo/otp';

/** One hardware token as its maker describes it. */
export interface TokenRecord {
  /** As `normaliseSerial` writes it. */
  serial: string;
  kind: 'hotp' | 'totp';
  seed: Uint8Array;
  algorithm: OtpAlgorithm;
  digits: number;
  /** Length of a time step; 30 for counter-based tokens, which have none. */
  stepSeconds: number;
  /** The next counter the token will use; 0 for time-based ones. */
  counter: number;
}

/** Why a file, or one token in it, is not taken. */
export interface TokenFault {
  /** `file`, `line 3` or `key 12345678`. */
  where: string;
  reason: string;
}

/** What a file holds. Whoever gets faults imports nothing. */
export interface TokenFile {
  tokens: TokenRecord[];
  faults: TokenFault[];
}

/** Told in one sentence to whoever brings the file; readers turn it into a `TokenFault`. */
export class Unreadable extends Error {}

/**
 * A serial number as it stands in the database, however it is printed or typed: capitals, without spaces and
 * dashes. Undefined when it is empty, longer than 32 characters, or anything else is in it.
 */
export function normaliseSerial(text: string): string | undefined {
  const serial = text.replace(/[\s\p{Pd}\p{Cf}]/gu, '').toUpperCase();
  return /^[A-Z0-9]{1,32}$/.test(serial) ? serial : undefined;
}

/** Seeds shorter than 128 bits are guessed too easily (RFC 4226 §4, R6); longer than a block of SHA-512 are none. */
const SEED_BYTES = { min: 16, max: 128 };
const STEP_SECONDS = { min: 10, max: 300 };

/** What a file says of a token, before anybody looked at it. */
export interface UncheckedToken extends Omit<TokenRecord, 'serial' | 'algorithm'> {
  serial: string;
  algorithm: string;
}

/** @throws Unreadable */
export function checkedToken(token: UncheckedToken): TokenRecord {
  const { seed, digits, stepSeconds, counter } = token;
  const serial = normaliseSerial(token.serial);
  if (serial === undefined)
    throw new Unreadable('a serial number has 1 to 32 letters and digits, and nothing else');
  if (seed.length < SEED_BYTES.min || seed.length > SEED_BYTES.max)
    throw new Unreadable(`a seed has ${SEED_BYTES.min} to ${SEED_BYTES.max} bytes, this one ${seed.length}`);
  if (![6, 7, 8].includes(digits)) throw new Unreadable('codes have 6 to 8 digits');
  if (!isWithin(stepSeconds, STEP_SECONDS.min, STEP_SECONDS.max))
    throw new Unreadable(`a period has ${STEP_SECONDS.min} to ${STEP_SECONDS.max} seconds`);
  if (!isWithin(counter, 0, 2 ** 52)) throw new Unreadable('a counter is a whole number from 0');
  return { ...token, serial, algorithm: algorithmOf(token.algorithm) };
}

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && value >= min && value <= max;

/** A hash by one of the names makers use, such as `HMAC-SHA256` or `sha1`; SHA-1 where there is none. */
function algorithmOf(name: string): OtpAlgorithm {
  const bits = /^(?:HMAC-?)?SHA-?(1|256|512)$/i.exec(name.trim() || 'SHA-1')?.[1];
  if (bits === undefined) throw new Unreadable(`the hash ${name} is not known`);
  return `SHA-${bits as '1' | '256' | '512'}`;
}

/** A whole number from 0 as text; @throws Unreadable */
export function wholeNumber(text: string, what: string): number {
  if (!/^\d{1,15}$/.test(text.trim())) throw new Unreadable(`${what} is not a whole number`);
  return Number(text);
}

/** Collects what a file holds, and what is wrong with it. */
export function tokenCollector() {
  const file: TokenFile = { tokens: [], faults: [] };
  const serials = new Set<string>();

  /** Does a part of the reading; what is wrong with it is noted down under where it stands. */
  async function attempt(where: string, read: () => void | Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      file.faults.push({ where, reason: error.message });
    }
  }

  return {
    /** Reads the whole file; one without a token is at fault. */
    async read(work: () => void | Promise<void>): Promise<TokenFile> {
      await attempt('file', async () => {
        await work();
        if (file.tokens.length + file.faults.length === 0) throw new Unreadable('the file holds no token');
      });
      return file;
    },

    /** Reads one token of it. */
    token: (where: string, read: () => TokenRecord | Promise<TokenRecord>): Promise<void> =>
      attempt(where, async () => {
        const token = await read();
        if (serials.has(token.serial)) throw new Unreadable(`${token.serial} is in the file twice`);
        serials.add(token.serial);
        file.tokens.push(token);
      }),
  };
}
