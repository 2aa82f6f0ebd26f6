import { z } from 'zod';
import { operatorNeeded } from '../../../gate/gate.problems.ts';
import { type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import { type CredentialLifePorts, credentialLife } from '../../../identities/credential-life.ts';
import type { App } from '../../../platform/http/app.ts';
import { clientInfoOf } from '../../../platform/http/client-info.ts';

const Life = z
  .object({
    id: z.string(),
    method: z.string(),
    state: z.enum(['pending', 'active', 'suspended', 'revoked']),
    events: z.array(
      z.object({
        event: z.enum(['created', 'delivered', 'activated', 'suspended', 'restored', 'replaced', 'revoked']),
        at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'CredentialLife' });

/** What an account proves with or did, from beginning to end, for auditors; that they read it is on record ([SPID-CRD-8]). */
export function credentialsRoute(app: App, ports: OperatorPorts & CredentialLifePorts): void {
  const { gate } = ports;
  app.get(
    '/api/console/credentials/:account',
    {
      schema: {
        operationId: 'readCredentials',
        summary: 'The life of everything that an account proves with or did; that it was read is recorded',
        tags: ['console'],
        params: z.object({ account: z.uuid() }),
        response: { 200: z.object({ credentials: z.array(Life) }) },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, ['auditor']);
      const { account } = request.params;
      const lives = await gate.transaction(async (tx) => {
        await gate.audit(tx, {
          type: 'credentials-read',
          accountId: operator.accountId,
          actor: 'operator',
          at: gate.clock.now(),
          client: clientInfoOf(request),
          details: { operator: operator.accountId, account },
        });
        return credentialLife(ports, tx, account);
      });
      const credentials = lives.map(({ id, method, state, events }) => ({
        id,
        method,
        state,
        events: events.map(({ event, at }) => ({ event, at: at.toISOString() })),
      }));
      return { credentials };
    },
  );
}
