import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { type Clock, SECOND_MS } from '../../platform/clock/clock.ts';
import { rulesOf } from './client-rules.ts';

/** How far a client's clock may be ahead of ours: what FAPI 2.0 §5.3.2.1 wants accepted, and no more. */
export const CLOCK_TOLERANCE_SECONDS = 10;

const LONGEST_LIFE_SECONDS = 300;

/** What the header may say of the type; another kind of token is no assertion (RFC 8725 §3.11). */
const TYPES: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt'];

type Claims = Record<string, unknown>;

/**
 * What we ask of a client's assertion beside what the library does, which is: signed by a key of the client with
 * the one algorithm that it registered, `iss` and `sub` the client, an `exp` and a `nbf` that hold within the
 * tolerance, a `jti` (RFC 7523 §3). Whether the `jti` was used before is asked last.
 *
 * @throws InvalidClientAuth that says what is wrong
 */
export function checkAssertion(clock: Clock) {
  return (ctx: KoaContextWithOIDC, claims: Claims, header: Claims, client: Client): void => {
    const nowSeconds = clock.nowMs() / SECOND_MS;
    const fault =
      typeFault(header) ?? audienceFault(claims, ctx.oidc.issuer, client) ?? timeFault(claims, nowSeconds);
    if (fault !== undefined) throw new errors.InvalidClientAuth(fault);
  };
}

function typeFault({ typ }: Claims): string | undefined {
  return TYPES.includes(typ) ? undefined : 'the typ of a client assertion has to be JWT';
}

/** One string: whoever is one of several audiences could use the assertion at the others. */
function audienceFault({ aud }: Claims, issuer: string, client: Client): string | undefined {
  if (aud === issuer || rulesOf(client).compatibility.includes('endpoint-audience')) return undefined;
  return `the aud of a client assertion has to be "${issuer}", as a string`;
}

function timeFault({ exp, iat }: Claims, nowSeconds: number): string | undefined {
  if (typeof exp !== 'number' || exp <= nowSeconds) return 'the client assertion has expired';
  if (iat !== undefined && typeof iat !== 'number') return 'the iat of a client assertion has to be a number';
  if (iat !== undefined && iat > nowSeconds + CLOCK_TOLERANCE_SECONDS)
    return 'the client assertion is of the future; check the clock';
  const begin = Math.min(iat ?? nowSeconds, nowSeconds + CLOCK_TOLERANCE_SECONDS);
  const isShort =
    exp - begin <= LONGEST_LIFE_SECONDS && exp - nowSeconds <= LONGEST_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS;
  return isShort ? undefined : `a client assertion may live ${LONGEST_LIFE_SECONDS} seconds at most`;
}
