import type { Client } from 'oidc-provider';
import { rulesOf } from './client-rules.ts';

interface Token {
  kind: string;
  clientId?: string | undefined;
  aud?: unknown;
}

/**
 * Whether a client may ask what a token is worth (RFC 7662 §2.1): whom it was given to, and the API that it is
 * for. Whoever cannot authenticate asks nothing.
 */
export function mayIntrospect(client: Client, token: Token): boolean {
  if (client.clientAuthMethod === 'none') return false;
  const isTheApi = typeof token.aud === 'string' && rulesOf(client).introspects.includes(token.aud);
  return token.clientId === client.clientId || (token.kind === 'AccessToken' && isTheApi);
}

/** Whether a client may take a token back: whom it was given to (RFC 7009 §2.1). */
export const mayRevoke = (client: Client, token: Token): boolean => token.clientId === client.clientId;
