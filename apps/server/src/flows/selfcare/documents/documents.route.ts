import { createHash } from 'node:crypto';
import { z } from 'zod';
import { signInNeeded } from '../../../gate/gate.problems.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { contractUnavailable } from '../../../identities/documents/activation-contract.ts';
import { identityGone } from '../../../identities/identities.problems.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';
import { type DocumentPorts, downloadContract, downloadRevocationForm } from './documents.service.ts';

const tags = ['self-care'];
const Params = z.object({ id: z.uuid() });
const pdf = (description: string) => ({
  description,
  content: { 'application/pdf': { schema: z.unknown() } },
});

/** Documents of an identity for its holder: the contract that activated it, and the form to ask for its revocation. */
export function documentsRoutes(app: App, ports: DocumentPorts): void {
  const { gate } = ports;

  app.get(
    '/api/selfcare/identities/:id/contract',
    {
      schema: {
        operationId: 'downloadContract',
        summary: 'The activation contract of a digital identity: the same bytes every time',
        tags,
        params: Params,
        response: { 200: pdf('A tagged PDF') },
        problems: [signInNeeded, identityGone, contractUnavailable],
      },
    },
    async (request, reply) => {
      const { accountId } = await requireSession(gate, request);
      const key = { accountId, id: request.params.id };
      const { name, bytes } = await downloadContract(ports, key, clientInfoOf(request));
      return reply.headers(headersOf(name, bytes)).send(Buffer.from(bytes));
    },
  );

  app.get(
    '/api/selfcare/identities/:id/revocation-form',
    {
      schema: {
        operationId: 'downloadRevocationForm',
        summary: 'The form by which a holder asks for revocation, filled in with what is known',
        tags,
        params: Params,
        response: { 200: pdf('A tagged PDF that can be filled in') },
        problems: [signInNeeded, identityGone],
      },
    },
    async (request, reply) => {
      const { accountId } = await requireSession(gate, request);
      const key = { accountId, id: request.params.id };
      const { name, bytes } = await downloadRevocationForm(ports, key, clientInfoOf(request));
      return reply.headers(headersOf(name, bytes)).send(Buffer.from(bytes));
    },
  );
}

function headersOf(name: string, bytes: Uint8Array): Record<string, string> {
  return {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${name}.pdf"`,
    'cache-control': 'no-store',
    // By which a holder can compare two downloads (RFC 9530).
    'repr-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
  };
}
