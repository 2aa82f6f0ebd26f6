const LONGEST_BYTES = 64 * 1024;
const DATA_URI = /^data:(image\/png|image\/svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/;
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export interface Logo {
  type: 'image/png' | 'image/svg+xml';
  bytes: Buffer;
}

/** The image in a data: URI (RFC 2397); undefined unless it is a PNG or an SVG, by its content, and small. */
export function readLogo(dataUri: string): Logo | undefined {
  const [, type, base64] = DATA_URI.exec(dataUri) ?? [];
  if (base64 === undefined) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > LONGEST_BYTES) return undefined;
  if (type === 'image/png') return startsAsPng(bytes) ? { type, bytes } : undefined;
  return startsAsSvg(bytes) ? { type: 'image/svg+xml', bytes } : undefined;
}

function startsAsPng(bytes: Buffer): boolean {
  return bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE);
}

function startsAsSvg(bytes: Buffer): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(bytes.toString('utf8'));
}
