import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Log } from '../../platform/log/log.ts';
import { currentRequest } from './request-context.ts';

/** Where relying parties' programs are refused; what goes wrong in a browser is shown or told to them. */
const REFUSALS = [
  'grant.error',
  'introspection.error',
  'pushed_authorization_request.error',
  'revocation.error',
  'userinfo.error',
] as const;

/**
 * Logs why a client was refused where the answer does not say: to a stranger, an unknown client, a wrong secret and
 * a signature of somebody else are all the same; the operator who helps to set a client up has to tell them apart.
 */
export function explainRefusals(provider: Provider, log: Log): void {
  const explain = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    if (error.error_detail === undefined) return;
    const { id: requestId } = currentRequest();
    const clientId = ctx.oidc.client?.clientId;
    log.info({ requestId, clientId, error: error.error, detail: error.error_detail }, 'a client was refused');
  };
  for (const refusal of REFUSALS) provider.on(refusal as 'grant.error', explain);
}
