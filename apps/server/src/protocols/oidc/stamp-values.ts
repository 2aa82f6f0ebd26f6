import type Provider from 'oidc-provider';
import type { Clock } from '../../platform/clock/clock.ts';
import type { ArtifactStore } from './ports.ts';

/** Gives grants and refresh tokens, which are looked for weeks later, values that tell the store where they are. */
export function stampValues(provider: Provider, clock: Clock, { newValue }: Pick<ArtifactStore, 'newValue'>) {
  for (const model of [provider.Grant, provider.RefreshToken])
    Object.assign(model.prototype, { generateTokenId: () => newValue(clock.nowMs()) });
}
