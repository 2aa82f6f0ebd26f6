import type { DeviceRef } from '../../gate/devices.ts';
import { uuidBytes, uuidFromBytes } from '../../platform/ids.ts';

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** How a device names itself: its account and its own id, 32 bytes in base64url. No secret. */
export function deviceIdOf({ accountId, id }: DeviceRef): string {
  return Buffer.concat([uuidBytes(accountId), uuidBytes(id)]).toString('base64url');
}

/** The device of such a name; undefined when it is none. */
export function readDeviceId(text: string): DeviceRef | undefined {
  if (!SHAPE.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return { accountId: uuidFromBytes(bytes.subarray(0, 16)), id: uuidFromBytes(bytes.subarray(16)) };
}
