import { uuidBytes, uuidFromBytes } from '../platform/ids.ts';

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/**
 * The name of a ceremony in a URL: prover and ceremony, 32 bytes as base64url. It opens nothing without the
 * secret of the browser that the ceremony belongs to.
 */
export function handleOf(ceremony: { proverId: string; id: string }): string {
  return Buffer.concat([uuidBytes(ceremony.proverId), uuidBytes(ceremony.id)]).toString('base64url');
}

/** Reads a handle; undefined when it is none. */
export function readHandle(handle: string): { proverId: string; id: string } | undefined {
  if (!SHAPE.test(handle)) return undefined;
  const bytes = Buffer.from(handle, 'base64url');
  if (bytes.length !== 32) return undefined;
  return { proverId: uuidFromBytes(bytes.subarray(0, 16)), id: uuidFromBytes(bytes.subarray(16)) };
}
