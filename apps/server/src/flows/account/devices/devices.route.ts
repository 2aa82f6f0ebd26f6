import { z } from 'zod';
import { wakeApps } from '../../../gate/apps.ts';
import type { Device } from '../../../gate/devices.ts';
import { operationGone, proofNeeded, signInNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { deviceName } from '../../../gate/http/device-name.schema.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitiveBound } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf, describeBrowser, placeOf } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import { findDevice, listDevices, removeDevice, renameDevice } from './devices.service.ts';

const tags = ['devices'];
const time = z.iso.datetime();
const Params = z.object({ id: z.uuid() });
const DeviceView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(['phone', 'tablet', 'computer', 'unknown']),
    browser: z.string(),
    system: z.string(),
    place: z.object({ country: z.string().optional(), local: z.boolean() }),
    state: z.enum(['active', 'frozen']).describe('Frozen: it was stopped, and has to be linked again'),
    createdAt: time,
    lastSeenAt: time,
    wantsPush: z.boolean(),
  })
  .meta({ id: 'Device' });
const Devices = z.object({ devices: z.array(DeviceView) });
const Rename = z.strictObject({ name: deviceName });
const Remove = z.strictObject({
  operation: z.uuid().optional().describe('What the first call named, once it is approved'),
});

/** The authenticator apps of the holder: list, name, remove. */
export function devicesRoutes(app: App, ports: ViewPorts): void {
  const { gate } = ports;

  app.get(
    '/api/account/devices',
    {
      schema: {
        operationId: 'listDevices',
        summary: 'Telephones and computers whose authenticator app is linked to the account',
        tags,
        response: { 200: Devices },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const session = await requireSession(gate, request);
      return { devices: (await listDevices(gate, session)).map(view) };
    },
  );

  app.post(
    '/api/account/devices/:id/rename',
    {
      schema: {
        operationId: 'renameDevice',
        summary: 'Give a device another name',
        tags,
        params: Params,
        body: Rename,
        response: { 204: z.null() },
        problems: [signInNeeded, notFound],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const renamed = { id: request.params.id, name: request.body.name };
      await renameDevice(gate, session, renamed, clientInfoOf(request));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/devices/:id/remove',
    {
      schema: {
        operationId: 'removeDevice',
        summary: 'Unlink the app of a device, which has to be approved first; every other session ends',
        tags,
        params: Params,
        body: Remove,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, operationGone, notFound, tooManyTries],
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const session = await requireSession(gate, request);
      const { name } = await findDevice(gate, session, id);
      const wanted = {
        type: 'remove-device',
        details: { device: id },
        summary: { name },
        recordedAs: 'device-removed' as const,
      };
      await sensitiveBound(ports, request, reply, wanted, request.body.operation, (allowed) =>
        removeDevice(gate, allowed, id),
      );
      wakeApps(gate, session.accountId);
      return reply.code(204).send(null);
    },
  );
}

function view(device: Device): z.infer<typeof DeviceView> {
  const { id, name, state, wantsPush, createdAt, lastSeenAt } = device;
  return {
    id,
    name,
    ...describeBrowser(device.userAgent),
    place: placeOf(device.clientAddress),
    state: state === 'active' ? 'active' : 'frozen',
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    wantsPush,
  };
}
