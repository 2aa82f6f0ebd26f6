import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { ROUTES } from './provider-config.ts';

/**
 * A hint says which portal somebody comes from. One that is not wholly ours (signature, issuer, audience; also one
 * that is so old that its key is gone) says nothing: it is dropped with all that came with it, and the holder is
 * asked as if they had come by themselves (OpenID Connect RP-Initiated Logout §2 and §4).
 */
export function dropForgedHints(provider: Provider): void {
  provider.use(async (context, next) => {
    const ctx = context as KoaContextWithOIDC;
    const { id_token_hint: hint, client_id: clientId, ui_locales } = ctx.query;
    const isForged =
      ctx.path === ROUTES.end_session &&
      typeof hint === 'string' &&
      !(await isGenuine(provider, hint, typeof clientId === 'string' ? clientId : undefined));
    if (isForged) ctx.query = ui_locales === undefined ? {} : { ui_locales };
    await next();
  });
}

async function isGenuine(provider: Provider, hint: string, clientId: string | undefined): Promise<boolean> {
  const [header, claims] = hint.split('.').map(jsonIn);
  // Tokens of ours that are no ID tokens name their type.
  if (!header || !claims || (header.typ !== undefined && header.typ !== 'JWT')) return false;
  const { aud } = claims;
  if (typeof aud !== 'string' || (clientId !== undefined && clientId !== aud)) return false;
  const client = await provider.Client.find(aud);
  if (!client) return false;
  return provider.IdToken.validate(hint, client).then(
    () => true,
    () => false,
  );
}

/** An object in one part of a JWT; undefined when it is none. */
function jsonIn(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
