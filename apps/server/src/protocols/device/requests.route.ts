import { z } from 'zod';
import { notUnlocked } from '../../factors/app-push/app-push.problems.ts';
import { accountSuspended } from '../../gate/gate.problems.ts';
import type { App } from '../../platform/http/app.ts';
import { tooManyTries } from '../../platform/limits/limits.problems.ts';
import type { RequestPorts } from './asked.ts';
import { deviceFrozen, deviceGone, requestNotSigned } from './device.problems.ts';
import { refuseRequest } from './refuse.service.ts';
import { numberWrong, requestGone, scanGone } from './requests.problems.ts';
import { approveRequest, waitingRequests } from './requests.service.ts';
import { scan } from './scan.service.ts';
import { type SignedRequestPorts, signedBy } from './signed-request.ts';

const tags = ['device'];
const Jws = z.string().max(8192).describe('A JWS; see docs/device-protocol.md');
const Language = z.enum(['it', 'en']);
const Params = z.object({ id: z.uuid() });

const RequestView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['push', 'qr']),
    type: z.string().describe('sign-in, another purpose of a ceremony, or the type of an operation'),
    nonce: z.string(),
    account: z.string(),
    client: z.string(),
    operationDigest: z.string(),
    text: z.string().describe('Shown byte for byte: the question, then lines of a label, a tab and a value'),
    numberDigits: z.union([z.literal(3), z.literal(6)]).nullable(),
    check: z.string().nullable().describe('Shown once approved, to be typed into the browser'),
    fromNewPlace: z.boolean(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'AppRequest' });

const Scan = z.union([
  z.strictObject({ id: z.string().max(64), language: Language }),
  z.strictObject({ code: z.string().max(64), language: Language }),
]);

const always = [requestNotSigned, deviceGone, deviceFrozen, accountSuspended];

/** What a linked app is asked, and its answers. */
export function requestRoutes(app: App, ports: RequestPorts & SignedRequestPorts): void {
  app.get(
    '/device/requests',
    {
      schema: {
        operationId: 'listRequests',
        summary: 'What waits for the apps of this account',
        tags,
        querystring: z.object({ language: Language.default('it') }),
        response: { 200: z.object({ requests: z.array(RequestView) }) },
        problems: always,
      },
    },
    async (request) => ({
      requests: await waitingRequests(ports, await signedBy(ports, request), request.query.language),
    }),
  );

  app.post(
    '/device/scans',
    {
      schema: {
        operationId: 'scanSignIn',
        summary: 'What a scanned QR code asks; the first device to scan it has the say',
        tags,
        body: Scan,
        response: { 200: z.object({ request: RequestView }) },
        problems: [...always, scanGone, tooManyTries],
      },
    },
    async (request) => {
      const { language, ...scanned } = request.body;
      return { request: await scan(ports, await signedBy(ports, request), scanned, language) };
    },
  );

  app.post(
    '/device/requests/:id/approve',
    {
      schema: {
        operationId: 'approveRequest',
        summary: 'Approve, signed by the approval key; the first answer of all devices wins',
        tags,
        params: Params,
        body: z.strictObject({ approval: Jws }),
        response: { 200: z.object({ check: z.string().nullable() }) },
        problems: [...always, requestGone, numberWrong, notUnlocked],
      },
    },
    async (request) => {
      const by = await signedBy(ports, request);
      return { check: await approveRequest(ports, by, request.params.id, request.body.approval) };
    },
  );

  app.post(
    '/device/requests/:id/refuse',
    {
      schema: {
        operationId: 'refuseRequest',
        summary: 'Refuse, or say that it was somebody else, signed by the device key',
        tags,
        params: Params,
        body: z.strictObject({ refusal: Jws }),
        response: { 204: z.null() },
        problems: [...always, requestGone],
      },
    },
    async (request, reply) => {
      await refuseRequest(ports, await signedBy(ports, request), request.params.id, request.body.refusal);
      return reply.code(204).send(null);
    },
  );
}
