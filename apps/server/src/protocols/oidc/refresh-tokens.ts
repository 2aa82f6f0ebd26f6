import type Provider from 'oidc-provider';
import type { Client, Configuration } from 'oidc-provider';
import type { Clock } from '../../platform/clock/clock.ts';
import { LIFETIMES } from './lifetimes.ts';
import type { ArtifactStore } from './ports.ts';
import { currentRequest } from './request-context.ts';

const { refreshTokenAbsolute, refreshTokenIdle } = LIFETIMES;

/**
 * Refresh tokens are good once and give the next, unless their client authenticates and binds its tokens to a key:
 * who stole one can do nothing with it, and a lost answer then loses nobody a session (FAPI 2.0 §5.3.2.1).
 */
export function refreshTokenChoices(): Configuration {
  return {
    rotateRefreshToken: ({ oidc }) => !staysTheSame(oidc.client),
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
  };
}

/** How long a refresh token lives that is made now: absolute since the first of its family, and idle. */
export function refreshTokenSeconds(token: { totalLifetime(): number }, client: Client | undefined): number {
  const left = refreshTokenAbsolute - token.totalLifetime();
  return Math.max(1, staysTheSame(client) ? left : Math.min(refreshTokenIdle, left));
}

/** A token that stays the same is prolonged whenever it is used, up to the end that it has of its own. */
export function prolongRefreshTokens(
  provider: Provider,
  { artifacts, clock }: { artifacts: ArtifactStore; clock: Clock },
): void {
  provider.on('grant.success', ({ oidc }) => {
    const value = oidc.params?.refresh_token;
    if (oidc.params?.grant_type !== 'refresh_token' || !staysTheSame(oidc.client)) return;
    const now = clock.now();
    const until = new Date(now.getTime() + refreshTokenIdle * 1000);
    currentRequest().deferred.push((tx) => artifacts.prolong(tx, 'RefreshToken', String(value), until, now));
  });
}

const staysTheSame = (client: Client | undefined): boolean =>
  client?.clientAuthMethod !== 'none' && client?.dpopBoundAccessTokens === true;
