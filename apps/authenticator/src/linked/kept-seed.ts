import {
  type Bytes,
  camouflageSeed,
  openSeed,
  sealSeed,
  type UnlockSecret,
  uncoverSeed,
} from '@sigillo/device-protocol';
import type { KeptSeed, LinkedAccount } from './linked-account.ts';

/**
 * The seed of an account. By a code there is always one, right or wrong: nothing here can tell. Undefined when the
 * passkey is another one, or the secret is of the other kind.
 */
export async function seedOf(
  { keys, seed }: Pick<LinkedAccount, 'keys' | 'seed'>,
  secret: UnlockSecret,
): Promise<Bytes | undefined> {
  if ('code' in secret) return seed.by === 'code' ? uncoverSeed(keys, secret.code, seed.bytes) : undefined;
  return seed.by === 'prf' ? openSeed(keys, secret.prf, seed.bytes) : undefined;
}

/** A seed as it is stored under a secret. */
export async function keepSeed(
  { keys }: Pick<LinkedAccount, 'keys'>,
  secret: UnlockSecret,
  seed: Bytes,
): Promise<KeptSeed> {
  if ('code' in secret) return { by: 'code', bytes: await camouflageSeed(keys, secret.code, seed) };
  return { by: 'prf', bytes: await sealSeed(keys, secret.prf, seed) };
}
