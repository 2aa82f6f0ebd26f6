/**
 * Hashing of passwords ([PW-4]): Argon2id, in a queue that cannot grow without bounds.
 *
 * There is no pepper here: a store seals each hash with the keyring before writing it, which is one that can
 * be rotated. A stolen database alone holds nothing that could be tried offline.
 */
import {
  type Argon2Parameters,
  hashArgon2id,
  isStrongEnough,
  readArgon2id,
  unmatchableArgon2id,
  verifyArgon2id,
} from './argon2id.ts';
import { createBoundedQueue, type QueueWatch, type Waiting } from './bounded-queue.ts';
import { readForeignHash, type Verifier } from './foreign-hashes.ts';
import { busy } from './password-hashing.problems.ts';
import { isPasswordTooLong } from './password-rules.ts';
import { normalisePassword } from './password-text.ts';

const RETRY_AFTER_SECONDS = 2;

/** All of them normalise the password, and throw the `busy` problem when the queue is full. */
export interface PasswordHasher {
  /** A PHC string of Argon2id. @throws RangeError when the password is too long ever to be accepted */
  hash(password: string): Promise<string>;
  /** Whether the password fits; false, without work, when it is too long to be anybody's. */
  verify(password: string, stored: string): Promise<boolean>;
  /** Answers false after the time `verify` takes: for accounts that do not exist or have no password. */
  decoyVerify(password: string): Promise<false>;
  /** Whether a hash that was just verified should be replaced by a new one. */
  needsRehash(stored: string): boolean;
}

/**
 * @param concurrency hashes computed at once; fewer than the four threads of Node's pool, which files and
 *   name look-ups share
 * @param queueLength how many more may wait
 * @param whoWaits for whom; networks take turns, and whoever has gone is dropped
 * @throws RangeError when the cost is less than [PW-4] allows
 */
export function createHasher(options: {
  parameters: Argon2Parameters;
  concurrency: number;
  queueLength: number;
  watch?: QueueWatch;
  whoWaits?(): Waiting | undefined;
}): PasswordHasher {
  const { parameters, concurrency, queueLength, whoWaits, watch } = options;
  if (!isStrongEnough(parameters)) throw new RangeError('Argon2id needs 19 MiB and two passes, or 46 MiB');
  const decoy = unmatchableArgon2id(parameters);
  const overflow = () => busy({ retryAfterSeconds: RETRY_AFTER_SECONDS });
  const enqueue = createBoundedQueue({
    concurrency,
    queueLength,
    overflow,
    watch,
    ...(whoWaits && { whoWaits }),
  });

  async function verifyBy(verifier: Verifier, password: string): Promise<boolean> {
    return !isPasswordTooLong(password) && enqueue(() => verifier(normalisePassword(password)));
  }
  const spendDecoy: Verifier = (password) => verifyArgon2id(password, decoy);

  return {
    async hash(password) {
      if (isPasswordTooLong(password)) throw new RangeError('password too long');
      return enqueue(() => hashArgon2id(normalisePassword(password), parameters));
    },
    verify: (password, stored) => verifyBy(verifierOf(stored, spendDecoy), password),
    decoyVerify: async (password) => (await verifyBy(spendDecoy, password)) && false,
    needsRehash: (stored) => needsRehash(stored, parameters),
  };
}

/** Whether a stored hash can be verified at all; an import asks before it accepts one. */
export function isReadableHash(stored: string): boolean {
  return readArgon2id(stored) !== undefined || readForeignHash(stored) !== undefined;
}

/** Whether a hash is of another kind or cost than a new one would be. */
export function needsRehash(stored: string, parameters: Argon2Parameters): boolean {
  const cost = readArgon2id(stored);
  return (
    cost?.memoryKib !== parameters.memoryKib ||
    cost.passes !== parameters.passes ||
    cost.lanes !== parameters.lanes
  );
}

function verifierOf(stored: string, spendDecoy: Verifier): Verifier {
  if (readArgon2id(stored)) return (password) => verifyArgon2id(password, stored);
  const isForeign = readForeignHash(stored);
  if (!isForeign) return spendDecoy;
  // Quick foreign hashes would tell by their time that the account exists; slow ones still may, until its
  // owner signs in and the hash is replaced.
  return async (password) => (await isForeign(password)) || (await spendDecoy(password));
}
