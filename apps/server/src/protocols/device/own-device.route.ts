import { z } from 'zod';
import { accountSuspended } from '../../gate/gate.problems.ts';
import { deviceName } from '../../gate/http/device-name.schema.ts';
import type { App } from '../../platform/http/app.ts';
import { badInput } from '../../platform/http/http.problems.ts';
import { isLoopbackHost } from '../../platform/messages/loopback-host.ts';
import { PushSubscription } from '../../platform/messages/push.transport.ts';
import { deviceFrozen, deviceGone, requestNotSigned } from './device.problems.ts';
import { LinkedAccount } from './link.schema.ts';
import { linkedAccount } from './linked-app.ts';
import { holderOf, nameDevice, type OwnDevicePorts, removeItself, setPush } from './own-device.service.ts';
import { signedBy } from './signed-request.ts';

const tags = ['device'];
const problems = [requestNotSigned, deviceGone, deviceFrozen, accountSuspended];
const Me = z.object({
  name: z.string(),
  account: LinkedAccount,
  wantsPush: z.boolean(),
  bindingLevel: z.int().min(1).max(3),
});
const Name = z.strictObject({ name: deviceName });
const Push = z.strictObject({
  subscription: PushSubscription.nullable().describe('Null: no notices any more'),
});

type Ports = OwnDevicePorts & { service: string; acceptLoopback: boolean };

/** What a linked app knows and changes of itself. */
export function ownDeviceRoutes(app: App, ports: Ports): void {
  const { gate } = ports;

  app.get(
    '/device/me',
    {
      schema: {
        operationId: 'getDevice',
        summary: 'The device and the account it is linked to',
        tags,
        response: { 200: Me },
        problems,
      },
    },
    async (request) => {
      const by = await signedBy(ports, request);
      const { name, wantsPush, bindingLevel } = by.device;
      return {
        name,
        wantsPush,
        bindingLevel,
        account: linkedAccount(await holderOf(gate, by), ports.service),
      };
    },
  );

  app.put(
    '/device/me/name',
    {
      schema: {
        operationId: 'nameDevice',
        summary: 'How the device is called on the account pages',
        tags,
        body: Name,
        response: { 204: z.null() },
        problems,
      },
    },
    async (request, reply) => {
      await nameDevice(gate, await signedBy(ports, request), request.body.name);
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/device/me/push',
    {
      schema: {
        operationId: 'setDevicePush',
        summary: 'Where notices reach the device, as its browser subscribed (W3C Push API)',
        tags,
        body: Push,
        response: { 204: z.null() },
        problems,
      },
    },
    async (request, reply) => {
      const by = await signedBy(ports, request);
      const { subscription } = request.body;
      if (subscription && !isPushService(subscription.endpoint, ports))
        throw badInput({ fields: [{ path: 'subscription.endpoint', rule: 'not-https' }] });
      await setPush(gate, by, subscription);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/device/me',
    {
      schema: {
        operationId: 'removeDeviceItself',
        summary: 'Unlink the app; an account that has no other second factor is still asked for one',
        tags,
        response: { 204: z.null() },
        problems,
      },
    },
    async (request, reply) => {
      await removeItself(gate, await signedBy(ports, request));
      return reply.code(204).send(null);
    },
  );
}

/** Push services are on the Internet and speak TLS; only tests have one on this computer. */
function isPushService(endpoint: string, { acceptLoopback }: Ports): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || (acceptLoopback && protocol === 'http:' && isLoopbackHost(hostname));
}
