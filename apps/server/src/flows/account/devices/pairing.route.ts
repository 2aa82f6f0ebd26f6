import { PAIRING_CODE, writeQr, writeTypedCode } from '@sigillo/device-protocol';
import { z } from 'zod';
import { proofNeeded, signInNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import { type PairingPorts, pairingTopic, startPairing } from '../../../gate/pairing.ts';
import type { IssuerKeys } from '../../../gate/relying-party.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { EventStream, type EventStreams } from '../../../platform/http/event-streams.ts';
import { notFound, tooManyStreams } from '../../../platform/http/http.problems.ts';
import { cancelPairing, findPairing, type ShownPairing } from './pairing.service.ts';

const tags = ['devices'];
const Params = z.object({ id: z.uuid() });
const PairingView = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'linked', 'void', 'expired']),
    text: z
      .string()
      .nullable()
      .describe('What to draw as a QR code; only in the answer that made it, where the app has an address'),
    code: z.string().nullable().describe('The same to be typed; only in the answer that made it'),
    device: z.object({ id: z.uuid(), name: z.string() }).nullable().describe('What was linked'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Pairing' });
const Answer = z.object({ pairing: PairingView });

type Ports = PairingPorts &
  ViewPorts & {
    streams: EventStreams;
    settings: {
      issuer: string;
      /** Where people open the app; unset, there is no picture to scan. */
      appOrigin: string | undefined;
      issuerKeys: IssuerKeys;
    };
  };

/** A code, shown to the signed-in holder, by which one app is linked. */
export function pairingRoutes(app: App, ports: Ports): void {
  const { gate, streams } = ports;

  app.post(
    '/api/account/devices/pairings',
    {
      schema: {
        operationId: 'startPairing',
        summary: 'A code to link an app with: good for one app, for ten minutes',
        tags,
        response: { 201: Answer },
        problems: [signInNeeded, proofNeeded, tooManyTries],
      },
    },
    async (request, reply) => {
      const operation = { type: 'pairing-begun' as const, details: {} };
      const { pairing, code } = await sensitive(ports, request, reply, operation, (allowed) =>
        startPairing(ports, allowed.tx, allowed),
      );
      const shown = { ...pairing, state: 'waiting' as const, device: null };
      return reply.code(201).send({ pairing: { ...view(shown), ...secretsOf(ports, code) } });
    },
  );

  app.get(
    '/api/account/devices/pairings/:id',
    {
      schema: {
        operationId: 'getPairing',
        summary: 'Whether an app came with the code',
        tags,
        params: Params,
        response: { 200: Answer },
        problems: [signInNeeded, notFound],
      },
    },
    async (request) => {
      const session = await requireSession(gate, request);
      return { pairing: view(await findPairing(ports, session, request.params.id)) };
    },
  );

  app.get(
    '/api/account/devices/pairings/:id/events',
    {
      schema: {
        operationId: 'watchPairing',
        summary: 'Server-sent events: `changed` now, and when an app came with the code',
        tags,
        params: Params,
        response: { 200: EventStream },
        problems: [signInNeeded, notFound, tooManyStreams],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      const { id, expiresAt } = await findPairing(ports, session, request.params.id);
      streams.open(reply, pairingTopic(id), expiresAt.getTime());
    },
  );

  app.post(
    '/api/account/devices/pairings/:id/cancel',
    {
      schema: {
        operationId: 'cancelPairing',
        summary: 'No app is to come with this code any more',
        tags,
        params: Params,
        response: { 204: z.null() },
        problems: [signInNeeded, notFound],
      },
    },
    async (request, reply) => {
      const session = await requireSession(gate, request);
      await cancelPairing(ports, session, request.params.id, clientInfoOf(request));
      return reply.code(204).send(null);
    },
  );
}

function view({ id, state, device, expiresAt }: ShownPairing) {
  return { id, state, text: null, code: null, device, expiresAt: expiresAt.toISOString() };
}

function secretsOf({ settings }: Ports, code: string) {
  const { issuer, issuerKeys, appOrigin } = settings;
  const issuerKey = issuerKeys.current();
  const text = appOrigin === undefined ? null : writeQr(appOrigin, { kind: 'pair', issuer, code, issuerKey });
  return { text, code: writeTypedCode(code, PAIRING_CODE) };
}
