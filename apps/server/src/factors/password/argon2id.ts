import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Cost of one hash (RFC 9106 §3.1). */
export interface Argon2Parameters {
  memoryKib: number;
  passes: number;
  lanes: number;
}

/** The least cost OWASP asks for, and our default ([PW-4]): 19 MiB, two passes. */
export const DEFAULT_PARAMETERS: Argon2Parameters = { memoryKib: 19 * 1024, passes: 2, lanes: 1 };

/** A cost beyond this is a mistake of an import, or an attempt to make us work. */
const MAX_MEMORY_KIB = 256 * 1024;
const MAX_WORK_KIB = 1024 * 1024;
const MAX_LANES = 16;

/** Whether the cost is at least 19 MiB with two passes, or 46 MiB with one ([PW-4]). */
export function isStrongEnough({ memoryKib, passes, lanes }: Argon2Parameters): boolean {
  const leastMemoryKib = passes >= 2 ? 19 * 1024 : 46 * 1024;
  return passes >= 1 && lanes >= 1 && memoryKib >= leastMemoryKib;
}

/** The cost written in a PHC string of Argon2id version 1.3; undefined when it is none that we would verify. */
export function readArgon2id(stored: string): Argon2Parameters | undefined {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$[\w/+]{11,}\$[\w/+]{22,}$/.exec(
    stored,
  );
  const [memoryKib = 0, passes = 0, lanes = 0] = parts?.slice(1).map(Number) ?? [];
  const isPossible = passes >= 1 && lanes >= 1 && memoryKib >= 8 * lanes;
  const isBearable = memoryKib <= MAX_MEMORY_KIB && memoryKib * passes <= MAX_WORK_KIB && lanes <= MAX_LANES;
  return isPossible && isBearable ? { memoryKib, passes, lanes } : undefined;
}

/** A PHC string with a new random salt of 128 bits. */
export function hashArgon2id(
  password: string,
  { memoryKib, passes, lanes }: Argon2Parameters,
): Promise<string> {
  return hash(password, { memoryCost: memoryKib, timeCost: passes, parallelism: lanes });
}

/** @param stored a PHC string that `readArgon2id` can read; another may throw */
export function verifyArgon2id(password: string, stored: string): Promise<boolean> {
  return verify(stored, password);
}

/** A PHC string of the given cost that no password fits: it was never computed. */
export function unmatchableArgon2id({ memoryKib, passes, lanes }: Argon2Parameters): string {
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(16)}$${base64(32)}`;
}
