import type { IssuerKeys } from '../../gate/relying-party.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { inOrderOfUse, nextChangeMs, signerOf } from './key-turns.ts';
import type { SigningJwk, SigningKeyStore, SigningKeys } from './ports.ts';
import { makeFirstKeys } from './signing-keys.ts';

/** The signing keys as this node knows them, held in memory. */
export interface KeySet extends IssuerKeys {
  /** Every key that is published, those that sign first; the same array for as long as nothing changes. */
  published(): SigningJwk[];
  all(): SigningKeys;
  /** Reads them again: what other nodes and commands did. */
  refresh(): Promise<void>;
}

/** Loads the keys; at the first start of an installation they are made. */
export async function openKeySet(store: SigningKeyStore, clock: Clock): Promise<KeySet> {
  let known = await store.loadOrMake(makeFirstKeys, clock.now());
  let shown: { jwks: SigningJwk[]; fromMs: number; untilMs: number } | undefined;

  const published = () => {
    const nowMs = clock.nowMs();
    // Also when the clock went back.
    if (shown && nowMs >= shown.fromMs && nowMs < shown.untilMs) return shown.jwks;
    const jwks = inOrderOfUse(known.keys, nowMs).map(({ jwk }) => jwk);
    const isSame = shown && kidsOf(shown.jwks) === kidsOf(jwks);
    shown = {
      jwks: isSame && shown ? shown.jwks : jwks,
      fromMs: nowMs,
      untilMs: nextChangeMs(known.keys, nowMs),
    };
    return shown.jwks;
  };
  return {
    published,
    all: () => known,
    has: (thumbprint) => known.keys.some(({ kid }) => kid === thumbprint),
    current: () => {
      const key = signerOf(known.keys, 'ES256', clock.nowMs());
      if (!key) throw new RangeError('no key to sign with');
      return key.kid;
    },
    refresh: async () => {
      known = await store.load();
      if (shown) shown.untilMs = shown.fromMs;
    },
  };
}

const kidsOf = (jwks: readonly SigningJwk[]): string => jwks.map(({ kid }) => kid).join();
