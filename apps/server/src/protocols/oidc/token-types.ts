import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';

/**
 * An `id_token_hint` has to be an ID token. The library looks at the signature, the issuer and the audience, which
 * a logout token has as well (OpenID Connect Back-Channel Logout §2.4: it is told by its type and its events).
 */
export function refuseOtherHints({ IdToken }: Provider): void {
  const validate = IdToken.validate.bind(IdToken);
  IdToken.validate = async (jwt, client) => {
    const validated = await validate(jwt, client);
    const { header, payload } = validated;
    if ((header.typ ?? 'JWT') !== 'JWT' || payload.events !== undefined)
      throw new errors.InvalidRequest('id_token_hint is no ID token');
    return validated;
  };
}
