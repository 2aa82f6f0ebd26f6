import { gsm7Codes } from '../templates/gsm7.ts';

/** A text as one or more short messages carry it. */
export interface SmsParts {
  /** SMPP 3.4 §5.2.19: 0 is the provider's default alphabet (3GPP TS 23.038, an octet each), 8 is UCS-2. */
  dataCoding: 0 | 8;
  parts: Buffer[];
  /** Whether each part begins with a header that says where it belongs (3GPP TS 23.040 §9.2.3.24.1). */
  hasHeader: boolean;
}

const LIMITS = { 0: { alone: 160, together: 153 }, 8: { alone: 140, together: 134 } } as const;

/** Cuts a text into short messages: 160 characters of the default alphabet, or 70 of any, or parts that belong together. */
export function smsParts(text: string, reference: number): SmsParts {
  const characters = [...text];
  const inAlphabet = characters.map(gsm7Codes);
  const isBasic = inAlphabet.every((codes) => codes !== undefined);
  const dataCoding = isBasic ? 0 : 8;
  const pieces = isBasic
    ? inAlphabet.map((codes) => Buffer.from(codes ?? []))
    : characters.map((character) => Buffer.from(character, 'utf16le').swap16());
  const { alone, together } = LIMITS[dataCoding];
  const whole = Buffer.concat(pieces);
  if (whole.length <= alone) return { dataCoding, parts: [whole], hasHeader: false };

  const bodies = filled(pieces, together);
  const header = (index: number) => Buffer.from([5, 0, 3, reference & 0xff, bodies.length, index + 1]);
  const parts = bodies.map((body, index) => Buffer.concat([header(index), body]));
  return { dataCoding, parts, hasHeader: true };
}

/** As many pieces together as have room; none is cut in two. */
function filled(pieces: readonly Buffer[], room: number): Buffer[] {
  const bodies: Buffer[] = [];
  let body: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (length + piece.length > room) {
      bodies.push(Buffer.concat(body));
      [body, length] = [[], 0];
    }
    body.push(piece);
    length += piece.length;
  }
  return [...bodies, Buffer.concat(body)];
}
