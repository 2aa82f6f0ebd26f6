import { z } from 'zod';
import type { Case, CaseEvent } from '../../../cases/case.ts';
import { fileRefused } from '../../../cases/cases.problems.ts';
import { MOST_BYTES, mediaTypeOf } from '../../../cases/file-content.ts';
import { putAside } from '../../../cases/put-aside.ts';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { App } from '../../../platform/http/app.ts';
import { documentNotWanted, photosMissing, reviewWaiting } from './document.problems.ts';
import { type DocumentPorts, documentOf, handIn, withdraw } from './document.service.ts';

type Ports = DocumentPorts & ViewPorts;

const tags = ['selfcare'];
const day = z.iso.date();
const KINDS = ['cartaIdentita', 'passaporto', 'patenteGuida'] as const;

const DocumentView = z.object({
  identity: z
    .object({
      id: z.string(),
      expiresOn: day.nullable(),
      daysLeft: z.int().nullable(),
      mayReplace: z.boolean(),
    })
    .nullable(),
  review: z
    .object({
      state: z.enum(['open', 'accepted', 'refused', 'withdrawn']),
      handedInAt: z.iso.datetime(),
      decidedAt: z.iso.datetime().nullable(),
      reason: z.string().nullable().describe('Why it was refused, in the operator’s words'),
    })
    .nullable(),
});

/** The identity document: its expiry, a new one, what became of it. */
export function documentRoutes(app: App, ports: Ports): void {
  app.get(
    '/api/selfcare/document',
    {
      schema: {
        operationId: 'getOwnDocument',
        summary: 'When the identity document expires, and what became of the one handed in last',
        tags,
        response: { 200: DocumentView },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(ports.gate, request);
      const found = await ports.gate.transaction((tx) => documentOf(ports, tx, accountId));
      if (!found) return { identity: null, review: null };
      const { identity, daysLeft, mayReplace, last } = found;
      return {
        identity: { id: identity.id, expiresOn: identity.documentExpiresOn, daysLeft, mayReplace },
        review: last && reviewOf(last),
      };
    },
  );
  uploading(app, ports);
  handing(app, ports);
}

function reviewOf({ one, events }: { one: Case; events: CaseEvent[] }) {
  return {
    state: one.state,
    handedInAt: one.createdAt.toISOString(),
    decidedAt: one.decidedAt?.toISOString() ?? null,
    reason: events.find(({ what }) => what === 'refused')?.note ?? null,
  };
}

/** Files are sent as they are; what they say they are counts for nothing. */
function uploading(app: App, { gate, cases }: Ports): void {
  app.register(async (scope) => {
    for (const type of ['image/jpeg', 'image/png', 'application/pdf'])
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.put(
      '/api/selfcare/document/files/:part',
      {
        bodyLimit: MOST_BYTES + 1,
        schema: {
          operationId: 'uploadDocument',
          summary: 'Put one side of a new document aside: JPEG, PNG or PDF, at most 10 MiB, as it is',
          tags,
          params: z.object({ part: z.enum(['front', 'back']) }),
          response: { 204: z.null() },
          problems: [signInNeeded, fileRefused],
        },
      },
      async (request, reply) => {
        const { accountId } = await requireSession(gate, request);
        const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        gate.limits.take(`upload:${accountId}`, { count: 40, perSeconds: 3600 });
        const { part } = request.params as { part: 'front' | 'back' };
        const file = { part, mediaType: mediaTypeOf(content), content };
        await gate.transaction((tx) => putAside({ gate, cases }, tx, accountId, file));
        return reply.code(204).send(null);
      },
    );
  });
}

function handing(app: App, ports: Ports): void {
  app.post(
    '/api/selfcare/document',
    {
      schema: {
        operationId: 'handInDocument',
        summary: 'Hand a new document in for review, with the two sides that were put aside',
        tags,
        body: z.strictObject({
          type: z.enum(KINDS),
          number: z.string().trim().min(4).max(30),
          issuer: z.string().trim().min(2).max(80),
          issuedOn: day,
          expiresOn: day,
        }),
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, documentNotWanted, reviewWaiting, photosMissing],
      },
    },
    async (request, reply) => {
      const operation = { type: 'document-handed-in' as const, details: {} };
      await sensitive(ports, request, reply, operation, async ({ tx, prover, presenter }) => {
        await handIn(ports, tx, prover.id, request.body, presenter.client);
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/selfcare/document/withdraw',
    {
      schema: {
        operationId: 'withdrawDocument',
        summary: 'Take back a document that waits to be reviewed; its pictures are destroyed',
        tags,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded],
      },
    },
    async (request, reply) => {
      const operation = { type: 'document-withdrawn' as const, details: {} };
      await sensitive(ports, request, reply, operation, async ({ tx, prover }) => {
        await withdraw(ports, tx, prover.id);
      });
      return reply.code(204).send(null);
    },
  );
}
