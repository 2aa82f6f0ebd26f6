import { z } from 'zod';
import {
  ceremonyGone,
  codeRejected,
  methodUnavailable,
  proofMissing,
  tooManyTries,
} from '../../../gate/gate.problems.ts';
import { CeremonyAnswer } from '../../../gate/http/ceremony.schema.ts';
import { ceremonyView } from '../../../gate/http/ceremony-view.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import { topicOfTicket } from '../../../gate/qr-ticket.ts';
import type { App } from '../../../platform/http/app.ts';
import { EventStream, type EventStreams } from '../../../platform/http/event-streams.ts';
import { tooManyStreams } from '../../../platform/http/http.problems.ts';
import { QrAnswer, QrParams, RedeemQr, StartQr } from './qr.schema.ts';
import {
  cancelQr,
  lookAtQr,
  type QrPorts,
  redeemQr,
  redrawQr,
  redrawsLeft,
  type ShownTicket,
  startQr,
  stateOf,
  typeQrInstead,
} from './qr.service.ts';
import { interactionGone, qrGone } from './sign-in.problems.ts';

const tags = ['sign-in'];
const path = '/api/qr-tickets/:id';
/** A page that shows codes is never kept waiting for longer. */
const WATCHED_MS = 15 * 60 * 1000;

/** The QR code of a sign-in page: shown, renewed, watched, and turned into a proof once the app has approved. */
export function qrRoutes(app: App, ports: QrPorts & { streams: EventStreams }): void {
  const { gate, streams } = ports;
  const view = ({ ticket, text, code }: ShownTicket) => ({
    ticket: {
      id: ticket.id,
      state: stateOf(ticket, gate.clock.now()),
      text,
      code,
      redrawsLeft: redrawsLeft(ticket),
      needsCheck: ticket.checkHash !== null,
      expiresAt: ticket.expiresAt.toISOString(),
    },
  });

  app.post(
    '/api/qr-tickets',
    {
      schema: {
        operationId: 'startQr',
        summary: 'A QR code for the app to scan: good for a minute, in this browser alone',
        tags,
        body: StartQr,
        response: { 201: QrAnswer },
        problems: [interactionGone, ceremonyGone, methodUnavailable, tooManyTries],
      },
    },
    async (request, reply) => {
      const { interaction: uid, ceremony } = request.body;
      const shown = await startQr(ports, { uid, ceremony }, presenterOf(request, reply));
      return reply.code(201).send(view(shown));
    },
  );

  app.get(
    path,
    {
      schema: {
        operationId: 'getQr',
        summary: 'How it stands: scanned, approved, refused',
        tags,
        params: QrParams,
        response: { 200: QrAnswer },
        problems: [qrGone],
      },
    },
    async (request, reply) => {
      const ticket = await lookAtQr(ports, request.params.id, presenterOf(request, reply));
      return view({ ticket, text: null, code: null });
    },
  );

  app.get(
    `${path}/events`,
    {
      schema: {
        operationId: 'watchQr',
        summary: 'Server-sent events: `changed` now and whenever there is something new to ask for',
        tags,
        params: QrParams,
        response: { 200: EventStream },
        problems: [qrGone, tooManyStreams],
      },
    },
    async (request, reply) => {
      const { id, createdAt } = await lookAtQr(ports, request.params.id, presenterOf(request, reply));
      streams.open(reply, topicOfTicket(id), createdAt.getTime() + WATCHED_MS);
    },
  );

  renewal(app, ports, view);

  app.post(
    `${path}/cancel`,
    {
      schema: {
        operationId: 'cancelQr',
        summary: 'Give up: nobody can approve it any more',
        tags,
        params: QrParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await cancelQr(ports, request.params.id, presenterOf(request, reply));
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${path}/redeem`,
    {
      schema: {
        operationId: 'redeemQr',
        summary: 'Turn the approval into a proof, once; the answer is a ceremony, as after a password',
        tags,
        params: QrParams,
        body: RedeemQr,
        response: { 200: CeremonyAnswer },
        problems: [qrGone, proofMissing, codeRejected, ceremonyGone, interactionGone, tooManyTries],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const scene = await redeemQr(ports, request.params.id, request.body.check, presenter);
      return { ceremony: await ceremonyView(ports, scene) };
    },
  );
}

function renewal(app: App, ports: QrPorts, view: (shown: ShownTicket) => z.infer<typeof QrAnswer>): void {
  app.post(
    `${path}/redraw`,
    {
      schema: {
        operationId: 'redrawQr',
        summary: 'Another picture before this one expires; five times at most',
        tags,
        params: QrParams,
        response: { 200: QrAnswer },
        problems: [qrGone],
      },
    },
    async (request, reply) => view(await redrawQr(ports, request.params.id, presenterOf(request, reply))),
  );

  app.post(
    `${path}/typed-code`,
    {
      schema: {
        operationId: 'typeQrInstead',
        summary: 'A code to be typed into the app in place of the picture, which is void from then on',
        tags,
        params: QrParams,
        response: { 200: QrAnswer },
        problems: [qrGone],
      },
    },
    async (request, reply) =>
      view(await typeQrInstead(ports, request.params.id, presenterOf(request, reply))),
  );
}
