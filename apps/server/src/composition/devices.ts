import type { Gate } from '../gate/ports.ts';
import type { App } from '../platform/http/app.ts';
import { allowOtherOrigins } from '../protocols/device/cross-origin.ts';
import { keepRawBodies } from '../protocols/device/raw-body.ts';
import { unlockRoutes } from '../protocols/device/unlock.route.ts';
import { deviceStore } from '../stores/gate/device.store.ts';
import type { Platform } from './platform.ts';

/** What the authenticator app calls, signed by its device. */
export async function mountDevices(app: App, { platform, gate }: { platform: Platform; gate: Gate }) {
  const { keyring, config } = platform;
  const ports = { gate, devices: deviceStore(keyring), issuer: config.issuer };
  await app.register(async (scope) => {
    const device = scope as App;
    keepRawBodies(device);
    allowOtherOrigins(device);
    unlockRoutes(device, ports);
  });
}
