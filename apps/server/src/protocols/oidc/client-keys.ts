import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';

/** What a client may sign its assertions with (FAPI 2.0 Security Profile §5.4). */
export const ASSERTION_ALGS = ['ES256', 'PS256', 'Ed25519'] as const;

type AssertionAlg = (typeof ASSERTION_ALGS)[number];

const LEAST_RSA_BITS = 2048;

/** Members of private and of symmetric keys (RFC 7518 §6). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The public keys of a client (RFC 7517 §5). */
export const ClientKeys = z.strictObject({
  keys: z
    .array(
      z
        .looseObject({ kty: z.string(), kid: z.string().max(200).optional() })
        .refine(
          (jwk) => algOf(jwk) !== undefined,
          'has to be a public key, and no more, of P-256, RSA of 2048 bits or more, or Ed25519',
        ),
    )
    .min(1)
    .max(10),
});

/** Whether one of the keys makes signatures of this kind. */
export function hasKeyFor(alg: AssertionAlg, { keys }: { keys: readonly object[] }): boolean {
  return keys.some((jwk) => algOf(jwk) === alg);
}

function algOf(jwk: object): AssertionAlg | undefined {
  if (SECRET_MEMBERS.some((member) => member in jwk)) return undefined;
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === 'ed25519') return 'Ed25519';
    if (key.asymmetricKeyType === 'ec') return namedCurve === 'prime256v1' ? 'ES256' : undefined;
    return modulusLength >= LEAST_RSA_BITS ? 'PS256' : undefined;
  } catch {
    return undefined;
  }
}
