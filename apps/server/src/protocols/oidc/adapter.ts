import { type Adapter, type AdapterFactory, errors } from 'oidc-provider';
import { type AdapterDeps, artifactAdapter } from './artifact-adapter.ts';
import { clientAdapter } from './client-adapter.ts';
import type { ArtifactModel } from './ports.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { currentRequest } from './request-context.ts';
import { type SessionAdapterDeps, sessionAdapter } from './session-adapter.ts';

const ARTIFACTS: readonly string[] = [
  'AccessToken',
  'AuthorizationCode',
  'Grant',
  'Interaction',
  'PushedAuthorizationRequest',
  'RefreshToken',
] satisfies ArtifactModel[];

/** What the library keeps its state in, each kind by its name. */
export function adapterFactory(
  deps: AdapterDeps & SessionAdapterDeps & { relyingParties: RelyingPartyStore },
): AdapterFactory {
  return (name) => noticeFailures(adapterFor(name, deps));
}

function adapterFor(name: string, deps: Parameters<typeof adapterFactory>[0]): Adapter {
  if (name === 'Client') return clientAdapter(deps.relyingParties, deps.gate.clock);
  if (name === 'Session') return sessionAdapter(deps);
  if (ARTIFACTS.includes(name)) return artifactAdapter(name as ArtifactModel, deps);
  throw new TypeError(`Nothing is configured that would keep ${name}`);
}

/**
 * The library swallows some errors and goes on. A transaction in which a statement failed can only be undone,
 * so the request is marked, and whatever the library answers is not sent.
 */
function noticeFailures(adapter: Adapter): Adapter {
  const notice = <A extends unknown[], R>(call: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      try {
        return await call(...given);
      } catch (error) {
        if (!(error instanceof errors.OIDCProviderError)) currentRequest().failure ??= error;
        throw error;
      }
    };
  };
  return {
    upsert: notice(adapter.upsert),
    find: notice(adapter.find),
    findByUid: notice(adapter.findByUid),
    findByUserCode: notice(adapter.findByUserCode),
    consume: notice(adapter.consume),
    destroy: notice(adapter.destroy),
    revokeByGrantId: notice(adapter.revokeByGrantId),
  };
}
