import { ATTRIBUTE_NAMES } from '@sigillo/identity';
import { z } from 'zod';
import { fileRefused } from '../../../cases/cases.problems.ts';
import { MOST_BYTES, mediaTypeOf } from '../../../cases/file-content.ts';
import { putAside } from '../../../cases/put-aside.ts';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { announceHold } from '../../../gate/holds.ts';
import { decided, type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import { attributesWrong, identityGone, identityTaken } from '../../../identities/identities.problems.ts';
import type { Attributes } from '../../../identities/identity.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { contactsMissing, formMissing, holderUnknown, reportTooLate } from './requests.problems.ts';
import {
  holderOf,
  OPERATORS_CAUSES,
  type RequestsPorts,
  registerReport,
  reportable,
  requestNewIdentity,
  requestRevocation,
} from './requests.service.ts';

type Ports = OperatorPorts & RequestsPorts;

const tags = ['console'];
const OPENS: readonly Role[] = ['reviewer'];
const holder = z.string().trim().min(3).max(320).describe('User id or e-mail address of the holder');
const RECEIVED_BY = ['certified-mail', 'post', 'desk', 'e-mail', 'public-register'] as const;
const verified = z.string().trim().min(10).max(500).describe('How it was verified who asks');
const decisionProblems = [operatorNeeded, proofNeeded, ceremonyGone, operationGone];
const Opened = z.object({ id: z.string().describe('The case') });

/** What an operator asks for in a holder's name: two operators decide. */
export function requestsRoutes(app: App, ports: Ports): void {
  app.post(
    '/api/console/identity-requests',
    {
      schema: {
        operationId: 'requestIdentity',
        summary: 'Ask for a digital identity of a holder; two other steps, by two operators, issue it',
        tags,
        body: z.strictObject({
          holder,
          type: z.literal(1),
          documentExpiresOn: z.iso.date(),
          attributes: z.partialRecord(z.enum(ATTRIBUTE_NAMES), z.string().trim().min(1).max(255)),
        }),
        response: { 201: Opened },
        problems: [operatorNeeded, holderUnknown, contactsMissing, attributesWrong, identityTaken],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, OPENS);
      const { holder: typed, attributes, ...start } = request.body;
      const by = { operatorId: operator.accountId, client: clientInfoOf(request) };
      const wanted = { ...start, attributes: attributes as Attributes };
      const id = await ports.gate.transaction((tx) => requestNewIdentity(ports, tx, typed, wanted, by));
      return reply.code(201).send({ id });
    },
  );

  app.post(
    '/api/console/revocation-requests',
    {
      schema: {
        operationId: 'requestRevocation',
        summary:
          'Register a request to revoke that arrived on paper or by mail, with the form that was uploaded',
        tags,
        body: z.strictObject({
          holder,
          cause: z.enum(OPERATORS_CAUSES),
          receivedBy: z.enum(RECEIVED_BY),
          verified,
        }),
        response: { 201: Opened },
        problems: [operatorNeeded, holderUnknown, identityGone, formMissing],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, OPENS);
      const { holder: typed, ...wanted } = request.body;
      const by = { operatorId: operator.accountId, client: clientInfoOf(request) };
      const id = await ports.gate.transaction((tx) => requestRevocation(ports, tx, typed, wanted, by));
      return reply.code(201).send({ id });
    },
  );
  reporting(app, ports);
  uploading(app, ports);
}

/** Suspends too, so that it is bound to a proof of its own. */
function reporting(app: App, ports: Ports): void {
  app.post(
    '/api/console/abuse-reports',
    {
      schema: {
        operationId: 'registerReport',
        summary:
          'Register the copy of a report to the authorities, within the days of a suspension: it rests on',
        tags,
        body: z.strictObject({
          holder,
          receivedBy: z.enum(RECEIVED_BY),
          receivedOn: z.iso.date(),
          verified,
          approval: z.string().max(64).optional(),
        }),
        response: { 201: Opened },
        problems: [...decisionProblems, holderUnknown, identityGone, formMissing, reportTooLate],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, OPENS);
      const { holder: typed, approval, ...report } = request.body;
      const prover = await ports.gate.single(async (tx) => {
        const found = await holderOf(ports, tx, typed);
        await reportable(ports, tx, found, report.receivedOn);
        return found;
      });
      const by = { operatorId: operator.accountId, client: clientInfoOf(request) };
      const wanted = {
        decision: { subjectId: prover.id, type: 'register-report', details: report },
        approval,
        record: { type: 'abuse-reported' as const, details: { receivedOn: report.receivedOn } },
      };
      const id = await decided(ports, request, reply, OPENS, wanted, ({ tx }) =>
        registerReport(ports, tx, prover, report, by),
      );
      announceHold(ports.gate, prover.id);
      return reply.code(201).send({ id });
    },
  );
}

/** The form as it arrived; what it says it is counts for nothing. */
function uploading(app: App, ports: Ports): void {
  const { gate } = ports;
  app.register(async (scope) => {
    for (const type of ['image/jpeg', 'image/png', 'application/pdf'])
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.put(
      '/api/console/revocation-requests/form',
      {
        bodyLimit: MOST_BYTES,
        schema: {
          operationId: 'uploadForm',
          summary: 'Put a signed form aside: JPEG, PNG or PDF, at most 10 MiB, as it is',
          tags,
          response: { 204: z.null() },
          problems: [operatorNeeded, fileRefused],
        },
      },
      async (request, reply) => {
        const { operator } = await requireOperator(ports, request, OPENS);
        const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const file = { part: 'form', mediaType: mediaTypeOf(content), content };
        await gate.transaction((tx) => putAside(ports, tx, operator.accountId, file));
        return reply.code(204).send(null);
      },
    );
  });
}
