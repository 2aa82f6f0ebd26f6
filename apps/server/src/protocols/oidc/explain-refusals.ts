import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Log } from '../../platform/log/log.ts';
import { currentRequest } from './request-context.ts';

/** Where clients prove who they are. That a token is over, at the userinfo endpoint, happens every day. */
const REFUSALS = [
  'grant.error',
  'introspection.error',
  'pushed_authorization_request.error',
  'revocation.error',
] as const;

/**
 * Says why a client was refused: in the log, for the operator who helps to set it up, and in the answer, unless
 * that would tell a stranger something. An unknown client, one that proves itself in another way and a wrong
 * secret are one and the same to whoever calls.
 */
export function explainRefusals(provider: Provider, log: Log): void {
  const explain = (ctx: KoaContextWithOIDC, { error, error_detail: detail }: errors.OIDCProviderError) => {
    if (detail === undefined) return;
    const { id: requestId } = currentRequest();
    log.info({ requestId, clientId: ctx.oidc.client?.clientId, error, detail }, 'a client was refused');
    if (isForTheClient(ctx, error)) Object.assign(ctx.body as object, { error_description: detail });
  };
  for (const refusal of REFUSALS) provider.on(refusal as 'grant.error', explain);
}

/** What is wrong with a code or a token, to whom has it; with an assertion, to whom has made it. */
function isForTheClient({ oidc, body }: KoaContextWithOIDC, error: string): boolean {
  if (typeof body !== 'object' || !oidc.client) return false;
  const isAssertion = error === 'invalid_client' && oidc.params?.client_assertion !== undefined;
  return error === 'invalid_grant' || isAssertion;
}
