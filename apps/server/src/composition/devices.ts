import type { App } from '../platform/http/app.ts';
import { allowOtherOrigins } from '../protocols/device/cross-origin.ts';
import { keepRawBodies } from '../protocols/device/raw-body.ts';
import { requestRoutes } from '../protocols/device/requests.route.ts';
import { unlockRoutes } from '../protocols/device/unlock.route.ts';
import { qrTicketStore, typedTicketStore } from '../stores/gate/qr-ticket.store.ts';
import { answerPorts } from './app-factors.ts';
import type { FlowParts } from './flows.ts';

/** What the authenticator app calls, signed by its device. */
export async function mountDevices(app: App, { platform, gate, stores, brand }: FlowParts) {
  const answers = answerPorts({ platform, serviceName: brand.name });
  const ports = { gate, devices: stores.devices, issuer: platform.config.issuer };
  await app.register(async (scope) => {
    const device = scope as App;
    keepRawBodies(device);
    allowOtherOrigins(device);
    unlockRoutes(device, ports);
    requestRoutes(device, {
      ...ports,
      ...answers,
      tickets: qrTicketStore,
      typedTickets: typedTicketStore,
    });
  });
}
