/** The standard's JSON (WebAuthn Level 3 §5.1) for browsers with and without methods of their own for it. */
interface DescriptorJson {
  id: string;
  type: string;
  transports?: string[];
}

interface OptionsJson {
  challenge: string;
  user?: { id: string };
  excludeCredentials?: DescriptorJson[];
  allowCredentials?: DescriptorJson[];
}

/** Bytes of a base64url text. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Bytes as base64url, without padding (RFC 4648 §5). */
export function toBase64url(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const described = (all: DescriptorJson[] | undefined) =>
  all?.map((one) => ({ ...one, id: fromBase64url(one.id) }));

/** Options of the server as the browser takes them: what is bytes there is base64url here. */
export function parseOptions(json: object): object {
  const options = json as OptionsJson;
  const { challenge, user, excludeCredentials, allowCredentials } = options;
  return {
    ...options,
    challenge: fromBase64url(challenge),
    ...(user && { user: { ...user, id: fromBase64url(user.id) } }),
    ...(excludeCredentials && { excludeCredentials: described(excludeCredentials) }),
    ...(allowCredentials && { allowCredentials: described(allowCredentials) }),
  };
}

/** What the server needs of a credential: every part that is bytes, and what the browser says of the device. */
export function writeCredential(credential: PublicKeyCredential): object {
  const { response } = credential;
  return {
    id: credential.id,
    rawId: toBase64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: toBase64url(response.clientDataJSON),
      ...partsOf(response),
    },
  };
}

function partsOf(response: AuthenticatorResponse): object {
  if ('attestationObject' in response) {
    const made = response as AuthenticatorAttestationResponse;
    return {
      attestationObject: toBase64url(made.attestationObject),
      transports: made.getTransports?.() ?? [],
    };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    authenticatorData: toBase64url(authenticatorData),
    signature: toBase64url(signature),
    userHandle: userHandle && toBase64url(userHandle),
  };
}
