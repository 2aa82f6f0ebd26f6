/** Protocol data units of SMPP 3.4: those that a sender of short messages needs. */

/** SMPP 3.4 §5.1.2.1. */
export const COMMANDS = {
  genericNack: 0x80000000,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  unbind: 0x00000006,
  bindTransceiver: 0x00000009,
  enquireLink: 0x00000015,
} as const;

/** The bit that makes a response of a request's command. */
const RESPONSE = 0x80000000;

/** SMPP 3.4 §5.1.3. */
export const STATUS = {
  ok: 0x00,
  invalidLength: 0x01,
  invalidDestination: 0x0b,
  queueFull: 0x14,
  invalidDestinationType: 0x50,
  invalidDestinationPlan: 0x51,
  throttled: 0x58,
  tryAgain: 0x64,
} as const;

export interface Pdu {
  command: number;
  status: number;
  sequence: number;
  body: Buffer;
}

const HEADER_BYTES = 16;
/** Far more than a short message with all its options takes. */
const MAX_BYTES = 64 * 1024;

export const responseTo = (command: number): number => (command | RESPONSE) >>> 0;
export const isResponse = (command: number): boolean => command >= RESPONSE;

export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(HEADER_BYTES + body.length, 0);
  header.writeUInt32BE(command, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, body]);
}

/**
 * Takes whole units off the front of what was received.
 *
 * @returns them, and what is left
 * @throws RangeError when the other side speaks something else
 */
export function decodePdus(received: Buffer): { pdus: Pdu[]; rest: Buffer } {
  const pdus: Pdu[] = [];
  let rest = received;
  while (rest.length >= HEADER_BYTES) {
    const length = rest.readUInt32BE(0);
    if (length < HEADER_BYTES || length > MAX_BYTES) throw new RangeError('no SMPP');
    if (rest.length < length) break;
    const body = rest.subarray(HEADER_BYTES, length);
    const [command, status, sequence] = [rest.readUInt32BE(4), rest.readUInt32BE(8), rest.readUInt32BE(12)];
    pdus.push({ command, status, sequence, body });
    rest = rest.subarray(length);
  }
  return { pdus, rest };
}

/** A C-octet string (§3.1). */
export const cString = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1');

/** Reads the fields of a body one after the other. @throws RangeError beyond its end */
export function fieldReader(body: Buffer) {
  let at = 0;
  return {
    cString(): string {
      const end = body.indexOf(0, at);
      if (end < 0) throw new RangeError('a text without end');
      const text = body.toString('latin1', at, end);
      at = end + 1;
      return text;
    },
    byte: (): number => body.readUInt8(at++),
    bytes(length: number): Buffer {
      if (at + length > body.length) throw new RangeError('shorter than it says');
      at += length;
      return body.subarray(at - length, at);
    },
    /** Optional parameters (§5.3), which are the rest of the body. */
    options(): Map<number, Buffer> {
      const options = new Map<number, Buffer>();
      while (at + 4 <= body.length) {
        const [tag, length] = [body.readUInt16BE(at), body.readUInt16BE(at + 2)];
        at += 4;
        options.set(tag, this.bytes(length));
      }
      return options;
    },
  };
}
