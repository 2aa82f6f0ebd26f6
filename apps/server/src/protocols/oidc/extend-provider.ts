import type Provider from 'oidc-provider';
import type { Gate } from '../../gate/ports.ts';
import type { Log } from '../../platform/log/log.ts';
import { explainRefusals } from './explain-refusals.ts';
import type { ArtifactStore, ReplayStore } from './ports.ts';
import { prolongRefreshTokens } from './refresh-tokens.ts';
import { useOnce } from './replay-detection.ts';
import { stampValues } from './stamp-values.ts';
import { storeStructuredTokens } from './structured-tokens.ts';
import { refuseOtherHints } from './token-types.ts';

export interface ExtensionDeps {
  gate: Gate;
  log: Log;
  artifacts: ArtifactStore;
  replays: ReplayStore;
}

/** What a provider does otherwise than the library has it, and cannot be told by its configuration. */
export function extendProvider(provider: Provider, { gate, log, artifacts, replays }: ExtensionDeps): void {
  const { clock } = gate;
  stampValues(provider, clock, artifacts);
  useOnce(provider, { replays, clock });
  storeStructuredTokens(provider);
  refuseOtherHints(provider);
  prolongRefreshTokens(provider, { artifacts, clock });
  explainRefusals(provider, log);
}
