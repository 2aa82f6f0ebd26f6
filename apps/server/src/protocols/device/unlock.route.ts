import { z } from 'zod';
import { accountSuspended } from '../../gate/gate.problems.ts';
import type { App } from '../../platform/http/app.ts';
import { deviceFrozen, deviceGone, requestNotSigned, unlockRefused } from './device.problems.ts';
import { type SignedRequestPorts, signedBy } from './signed-request.ts';
import { confirmUnlock, unlockShares } from './unlock.service.ts';

const tags = ['device'];
const Message = z.strictObject({
  message: z.string().max(4096).describe('A JWS; see docs/device-protocol.md'),
});
const Answer = z.object({
  generation: z.int(),
  share: z.string().describe('y, in base64url'),
  nextShare: z.string().describe('y′, in base64url'),
});

/** Unlocking the app with the server's share, step by step as docs/device-protocol.md has it. */
export function unlockRoutes(app: App, ports: SignedRequestPorts): void {
  app.post(
    '/device/unlock',
    {
      schema: {
        operationId: 'unlockDevice',
        summary: 'The server’s share for one try to unlock the app; ten wrong codes in a row end the device',
        tags,
        body: Message,
        response: { 200: Answer },
        problems: [requestNotSigned, deviceGone, deviceFrozen, accountSuspended, unlockRefused],
      },
    },
    async (request) => unlockShares(ports, await signedBy(ports, request), request.body.message),
  );

  app.post(
    '/device/unlock/confirm',
    {
      schema: {
        operationId: 'confirmUnlock',
        summary: 'The app opened: the next share takes the place of this one',
        tags,
        body: Message,
        response: { 204: z.null() },
        problems: [requestNotSigned, deviceGone, deviceFrozen, accountSuspended],
      },
    },
    async (request, reply) => {
      await confirmUnlock(ports, await signedBy(ports, request), request.body.message);
      return reply.code(204).send(null);
    },
  );
}
