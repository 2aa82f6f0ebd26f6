import type Provider from 'oidc-provider';
import type { Clock } from '../../platform/clock/clock.ts';
import type { ReplayStore } from './ports.ts';
import { currentRequest } from './request-context.ts';

/**
 * Assertions of clients and proofs of possession are used once (RFC 7523 §3, RFC 9449 §11.1). The library looks
 * whether it knows a `jti` and stores it afterwards, so that many at once would all pass; here it is one write.
 */
export function useOnce(
  provider: Provider,
  { replays, clock }: { replays: ReplayStore; clock: Clock },
): void {
  provider.ReplayDetection.unique = async (issuer, jti) =>
    replays.spend(await currentRequest().transaction.begin(), JSON.stringify([issuer, jti]), clock.nowMs());
}
