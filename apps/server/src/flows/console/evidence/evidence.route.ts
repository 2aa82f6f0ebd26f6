import { z } from 'zod';
import { EVIDENCE_BY } from '../../../evidence/evidence.ts';
import { operatorNeeded, tooManyTries } from '../../../gate/gate.problems.ts';
import { type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { evidenceGone } from './evidence.problems.ts';
import { type EvidencePorts, openEvidence, searchEvidence } from './evidence.service.ts';

const tags = ['console'];
const AUDITORS: readonly Role[] = ['auditor'];
const reason = z.string().trim().min(10).max(200).describe('Why it is needed; recorded');

const Search = z.strictObject({
  by: z.enum(EVIDENCE_BY),
  value: z.string().trim().min(1).max(100).describe('Whole: nobody is found by a part of it'),
  reason,
});
const Item = z
  .object({
    ref: z.string(),
    identityId: z.uuid().nullable(),
    kind: z.enum(['record', 'contract', 'case-file', 'access-log']),
    name: z.string(),
    mediaType: z.enum(['application/json', 'application/pdf', 'image/jpeg', 'image/png']),
    endsOn: z.iso
      .date()
      .nullable()
      .describe('The last day on which it is kept; null before its identity ended'),
  })
  .meta({ id: 'EvidenceItem' });
const Found = z.object({ accounts: z.array(z.object({ account: z.uuid(), items: z.array(Item) })) });

const Open = z.strictObject({ account: z.uuid(), ref: z.string().min(1).max(200), reason });
const Opened = z.object({
  name: z.string(),
  mediaType: Item.shape.mediaType,
  content: z.base64().describe('The file itself'),
});

/** Evidence of identities, for auditors with a reason: there is no other way to it once it was decided ([SPID-ENR-6]). */
export function evidenceRoutes(app: App, ports: OperatorPorts & EvidencePorts): void {
  app.post(
    '/api/console/evidence/search',
    {
      schema: {
        operationId: 'searchEvidence',
        summary:
          'What is kept of whoever held an identity, erased accounts too; who asks and why is recorded',
        tags,
        body: Search,
        response: { 200: Found },
        problems: [operatorNeeded, tooManyTries],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, AUDITORS);
      const auditor = { operatorId: operator.accountId, client: clientInfoOf(request) };
      return { accounts: await searchEvidence(ports, auditor, request.body) };
    },
  );

  app.post(
    '/api/console/evidence/open',
    {
      schema: {
        operationId: 'openEvidence',
        summary: 'One thing that is kept, opened for a reason, which is recorded',
        tags,
        body: Open,
        response: { 200: Opened },
        problems: [operatorNeeded, evidenceGone],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, AUDITORS);
      const auditor = { operatorId: operator.accountId, client: clientInfoOf(request) };
      const { name, mediaType, content } = await openEvidence(ports, auditor, request.body);
      return { name, mediaType, content: content.toString('base64') };
    },
  );
}
