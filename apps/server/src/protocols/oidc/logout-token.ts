import type Provider from 'oidc-provider';
import type { Db } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/ids.ts';
import type { LogoutNotice } from './logout-ports.ts';
import { outsideRequests } from './request-context.ts';

/** What a relying party is sent: a logout token, good for two minutes. */
export interface LogoutCall {
  url: string;
  token: string;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Signs a logout token (OpenID Connect Back-Channel Logout 1.0 §2.4) with the key that signs now: anew for each
 * attempt, with an id of its own.
 *
 * @returns undefined when the relying party is gone or wants to be told no more
 */
export async function logoutCall(
  provider: Provider,
  db: Db,
  { accountId, clientId, sid }: Pick<LogoutNotice, 'accountId' | 'clientId' | 'sid'>,
): Promise<LogoutCall | undefined> {
  const client = await outsideRequests(db, () => provider.Client.find(clientId));
  if (!client?.backchannelLogoutUri) return undefined;
  const token = new provider.IdToken({ sub: accountId }, { client });
  // The only claim that is the holder's; the library makes it the one that this relying party knows.
  Object.assign(token, { mask: { sub: null } });
  token.set('events', { [EVENT]: {} });
  token.set('jti', newSecret().toString('base64url'));
  // Who knows no names of sessions ends all that the holder has there.
  if (client.includeSid()) token.set('sid', sid);
  return { url: client.backchannelLogoutUri, token: await token.issue({ use: 'logout' }) };
}
