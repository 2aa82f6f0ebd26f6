/** More than a person's record ever needs; what seems longer has lost its end. */
export const MAX_RECORD_BYTES = 64 * 1024;

/** Collects the pieces of one record, and no more of them than a record may have. */
export interface HeldBytes {
  readonly isTooLong: boolean;
  add(piece: Buffer): void;
  /** What was collected, undefined when it was too long; starts anew. */
  take(): Buffer | undefined;
}

/** An empty collection. */
export function heldBytes(): HeldBytes {
  let pieces: Buffer[] = [];
  let length = 0;
  return {
    get isTooLong() {
      return length > MAX_RECORD_BYTES;
    },
    add(piece) {
      length += piece.length;
      if (length > MAX_RECORD_BYTES) pieces = [];
      else if (piece.length > 0) pieces.push(piece);
    },
    take() {
      const taken = length > MAX_RECORD_BYTES ? undefined : joined(pieces);
      pieces = [];
      length = 0;
      return taken;
    },
  };
}

/** Whether there is nothing but JSON's white space (RFC 8259 §2). */
export function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function joined(pieces: Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only ? only : Buffer.concat(pieces);
}
