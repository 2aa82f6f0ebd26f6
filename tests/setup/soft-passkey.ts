import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256' | 'ES384';

/** What a test bends to see it refused; all of it is signed, unless said otherwise. */
export interface Bent {
  type?: string;
  origin?: string;
  challenge?: string;
  crossOrigin?: boolean;
  rpId?: string;
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  backedUp?: boolean;
  counter?: number;
  /** base64url; null: none. */
  userHandle?: string | null;
  credentialId?: string;
  /** Changes one bit of the signature itself. */
  breakSignature?: boolean;
}

interface CreationOptions {
  rp: { id: string };
  user: { id: string };
  challenge: string;
  excludeCredentials: { id: string }[];
}

interface RequestOptions {
  rpId: string;
  challenge: string;
  allowCredentials: { id: string }[];
}

const KEYS = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/**
 * A device with one passkey, in software: WebAuthn Level 3 §6, written for tests from the standard and sharing
 * nothing with the server. `bent` says in which point it lies.
 */
export class SoftPasskey {
  readonly credentialId = randomBytes(32);
  readonly #keys;
  readonly algorithm: Algorithm;
  readonly #nature: Required<Pick<Bent, 'userVerified' | 'backupEligible' | 'backedUp'>>;
  userHandle = '';
  /** Rises with every use; null: the device keeps none and says 0. */
  counter: number | null = 0;
  readonly #origin: string;

  constructor(
    origin: string,
    algorithm: Algorithm = 'ES256',
    nature: { userVerified?: boolean; backupEligible?: boolean } = {},
  ) {
    const { userVerified = true, backupEligible = false } = nature;
    this.#origin = origin;
    this.algorithm = algorithm;
    this.#keys = KEYS[algorithm]() as { publicKey: KeyObject; privateKey: KeyObject };
    this.#nature = { userVerified, backupEligible, backedUp: backupEligible };
  }

  get id(): string {
    return this.credentialId.toString('base64url');
  }

  /** `navigator.credentials.create`: RegistrationResponseJSON. */
  create(options: CreationOptions, bent: Bent = {}) {
    this.userHandle = options.user.id;
    const credentialId = bent.credentialId ? Buffer.from(bent.credentialId, 'base64url') : this.credentialId;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credentialId.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, this.#coseKey()]);
    const authData = Buffer.concat([this.#authData(options.rp.id, bent, 0x40), attested]);
    const attestationObject = Buffer.concat([
      Buffer.from('a3', 'hex'),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from('a0', 'hex'),
      cborText('authData'),
      cborBytes(authData),
    ]);
    const id = credentialId.toString('base64url');
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, bent).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
      clientExtensionResults: { credProps: { rk: true } },
    };
  }

  /** `navigator.credentials.get`: AuthenticationResponseJSON. */
  get(options: RequestOptions, bent: Bent = {}) {
    if (this.counter !== null) this.counter += 1;
    const clientData = this.#clientData('webauthn.get', options.challenge, bent);
    const authData = this.#authData(options.rpId, bent);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    const digest = { ES256: 'sha256', ES384: 'sha384', EdDSA: null, RS256: 'sha256' }[this.algorithm];
    const signature = sign(digest, signed, this.#keys.privateKey);
    if (bent.breakSignature) signature[signature.length - 1]! ^= 1;
    const id = bent.credentialId ?? this.id;
    const userHandle = bent.userHandle === undefined ? this.userHandle : bent.userHandle;
    return {
      id,
      rawId: id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle,
      },
      clientExtensionResults: {},
    };
  }

  #clientData(type: string, challenge: string, bent: Bent): Buffer {
    const { origin = this.#origin, crossOrigin = false } = bent;
    const data = { type: bent.type ?? type, challenge: bent.challenge ?? challenge, origin, crossOrigin };
    return Buffer.from(JSON.stringify(data));
  }

  #authData(rpId: string, bent: Bent, more = 0): Buffer {
    const { userPresent = true, counter = this.counter ?? 0 } = bent;
    const { userVerified, backupEligible, backedUp } = { ...this.#nature, ...bent };
    const flags =
      (userPresent ? 0x01 : 0) |
      (userVerified ? 0x04 : 0) |
      (backupEligible ? 0x08 : 0) |
      (backedUp ? 0x10 : 0) |
      more;
    const tail = Buffer.alloc(5);
    tail[0] = flags;
    tail.writeUInt32BE(counter, 1);
    const rpIdHash = createHash('sha256')
      .update(bent.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, tail]);
  }

  /** COSE_Key (RFC 9053 §7, RFC 8230 §4). */
  #coseKey(): Buffer {
    const { x = '', y = '', n = '', e = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const part = (key: number, value: string) =>
      Buffer.concat([Buffer.from([key]), cborBytes(Buffer.from(value, 'base64url'))]);
    const head = (hex: string) => Buffer.from(hex, 'hex');
    switch (this.algorithm) {
      case 'ES256':
        return Buffer.concat([head('a5010203262001'), part(0x21, x), part(0x22, y)]);
      case 'ES384':
        return Buffer.concat([head('a501020338222002'), part(0x21, x), part(0x22, y)]);
      case 'EdDSA':
        return Buffer.concat([head('a4010103272006'), part(0x21, x)]);
      case 'RS256':
        return Buffer.concat([head('a4010303390100'), part(0x20, n), part(0x21, e)]);
    }
  }
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string): Buffer =>
  Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
