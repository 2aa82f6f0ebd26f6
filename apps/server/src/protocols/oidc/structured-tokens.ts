import type Provider from 'oidc-provider';
import type { AccessToken, KoaContextWithOIDC } from 'oidc-provider';
import { mayIntrospect, mayRevoke } from './token-access.ts';

/** A token as the library makes it: what it is to be given out as, and, when it is to be stored, with what. */
type Stored = AccessToken & {
  getValueAndPayload(): Promise<{ value: string; payload?: Record<string, unknown> }>;
};

/**
 * The library stores no access token that is a JWT: nobody could ask about it or take it back. Ours are stored as
 * the opaque ones are, found by the SHA-256 of the whole; whatever we did not write is not there.
 */
export function storeStructuredTokens(provider: Provider): void {
  const prototype = provider.AccessToken.prototype as Stored;
  const make = prototype.getValueAndPayload;
  prototype.getValueAndPayload = async function getValueAndPayload(this: Stored) {
    const made = await make.call(this);
    if (made.payload === undefined)
      await this.adapter.upsert(made.value, storedOf(this, made.value), this.expiration);
    return made;
  };
}

function storedOf(token: AccessToken, jwt: string) {
  const { iat, exp } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const { IN_PAYLOAD } = token.constructor as unknown as { IN_PAYLOAD: (keyof AccessToken)[] };
  return { ...Object.fromEntries(IN_PAYLOAD.map((name) => [name, token[name]])), iat, exp };
}

type Next = () => Promise<unknown>;

/** Answers where the library says that it takes no JWT; the client has been authenticated by then. */
export function serveStructuredTokens(
  provider: Provider,
): (ctx: KoaContextWithOIDC, next: Next) => Promise<void> {
  return async (ctx, next) => {
    await next();
    const { error } = (ctx.body ?? {}) as { error?: string };
    if (ctx.status !== 400 || error !== 'unsupported_token_type') return;
    const token = await provider.AccessToken.find(String(ctx.oidc.params?.token));
    if (ctx._matchedRouteName === 'revocation') await revoke(ctx, token);
    else if (ctx._matchedRouteName === 'introspection') await introspect(ctx, token);
  };
}

/** RFC 7009 §2.2: the same answer whether there was anything to revoke or not. */
async function revoke(ctx: KoaContextWithOIDC, token: AccessToken | undefined): Promise<void> {
  const { client } = ctx.oidc;
  if (client && token && mayRevoke(client, token)) await token.destroy();
  ctx.status = 200;
  ctx.body = '';
}

/** RFC 7662 §2.2, of which the token itself says most. */
async function introspect(ctx: KoaContextWithOIDC, token: AccessToken | undefined): Promise<void> {
  ctx.status = 200;
  const { client, provider } = ctx.oidc;
  const grant = token && (await provider.Grant.find(token.grantId));
  if (!client || !token?.isValid || !grant || !mayIntrospect(client, token)) {
    ctx.body = { active: false };
    return;
  }
  const claims = JSON.parse(Buffer.from(token.jti.split('.')[1] ?? '', 'base64url').toString());
  ctx.body = { ...claims, active: true, token_type: token.tokenType };
}
