import type { App } from '../platform/http/app.ts';
import type { MessageRenderer } from '../platform/messages/templates/render-message.ts';
import { allowOtherOrigins } from '../protocols/device/cross-origin.ts';
import { deviceEventRoutes } from '../protocols/device/device-events.route.ts';
import { linkRoutes } from '../protocols/device/link.route.ts';
import { noticeRoutes } from '../protocols/device/notices.route.ts';
import { ownDeviceRoutes } from '../protocols/device/own-device.route.ts';
import { devicePairingRoutes } from '../protocols/device/pairing.route.ts';
import { pushKeyRoutes } from '../protocols/device/push-key.route.ts';
import { keepRawBodies } from '../protocols/device/raw-body.ts';
import { requestRoutes } from '../protocols/device/requests.route.ts';
import { unlockRoutes } from '../protocols/device/unlock.route.ts';
import { qrTicketStore, typedTicketStore } from '../stores/gate/qr-ticket.store.ts';
import { answerPorts } from './app-factors.ts';
import type { FlowParts } from './flows.ts';

/** What the authenticator app calls, signed by its device. */
export async function mountDevices(
  app: App,
  parts: FlowParts,
  { pushKey, renderer }: { pushKey: string; renderer: Pick<MessageRenderer, 'notice'> },
) {
  const { platform, gate, stores, relyingParties, issuerKeys, brand, streams } = parts;
  const { issuer, profile } = platform.config;
  const answers = answerPorts({ platform, brand });
  const ports = {
    gate,
    ...stores,
    relyingParties,
    issuer,
    issuerKeys,
    acceptLoopback: profile !== 'production',
    get service() {
      return brand.name;
    },
  };
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
    deviceEventRoutes(device, { ...ports, streams });
    pushKeyRoutes(device, { ...ports, pushKey });
    noticeRoutes(device, { ...ports, renderer });
    linkRoutes(device, ports);
    devicePairingRoutes(device, ports);
    ownDeviceRoutes(device, ports);
  });
}
