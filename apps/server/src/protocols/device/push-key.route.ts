import { z } from 'zod';
import { accountSuspended } from '../../gate/gate.problems.ts';
import type { App } from '../../platform/http/app.ts';
import { deviceFrozen, deviceGone, requestNotSigned } from './device.problems.ts';
import { type SignedRequestPorts, signedBy } from './signed-request.ts';

const Answer = z.object({
  publicKey: z.string().describe('applicationServerKey of the Push API: a point of P-256, in base64url'),
});

/** The key with which an app subscribes to notices (RFC 8292 §4.1). */
export function pushKeyRoutes(app: App, ports: SignedRequestPorts & { pushKey: string }): void {
  app.get(
    '/device/push-key',
    {
      schema: {
        operationId: 'getPushKey',
        summary: 'The key with which a browser subscribes to our notices',
        tags: ['device'],
        response: { 200: Answer },
        problems: [requestNotSigned, deviceGone, deviceFrozen, accountSuspended],
      },
    },
    async (request) => {
      await signedBy(ports, request);
      return { publicKey: ports.pushKey };
    },
  );
}
