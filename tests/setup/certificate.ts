import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A server's certificate that signs itself, and its key; PEM. */
export interface TestCertificate {
  key: string;
  cert: string;
}

interface CertificateOf {
  /** The IPv4 address it is for. */
  address: string;
  /** When it ends; in a day unless told otherwise. */
  until?: Date;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Makes a certificate (RFC 5280 §4.1) for P-256. Node has no maker of its own, and a test needs no authority. */
export function testCertificate({
  address,
  until = new Date(Date.now() + DAY_MS),
}: CertificateOf): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('2a8648ce3d040302')); // ecdsa-with-SHA256
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(`test ${address}`)))));
  const validity = sequence(utcTime(new Date(until.getTime() - 30 * DAY_MS)), utcTime(until));
  const alternativeName = sequence(der(0x87, Buffer.from(address.split('.').map(Number))));
  const extensions = sequence(sequence(oid('551d11'), der(0x04, alternativeName)));
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.of(2))), // version 3
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const whole = sequence(toBeSigned, algorithm, der(0x03, Buffer.concat([Buffer.of(0), signature])));
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** X.690 §8.1: what follows, its length, itself. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
/** `YYMMDDHHMMSSZ` */
const utcTime = (at: Date): Buffer =>
  der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
