import { z } from 'zod';
import type { AccountWriter } from '../../../gate/account-ports.ts';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { App } from '../../../platform/http/app.ts';

const tags = ['account'];
const Wanted = z.strictObject({
  by: z.enum(['off', 'email', 'sms']),
  failures: z.boolean().describe('Of tries that failed as well'),
});
const View = Wanted.extend({ canSms: z.boolean().describe('The account has a confirmed number') });

/** What the holder is told beside what everybody always is: every use of their credentials ([SPID-NTF-1]). */
export function noticesRoutes(app: App, ports: ViewPorts & { accounts: AccountWriter }): void {
  const { gate, accounts } = ports;

  app.get(
    '/api/account/notices',
    {
      schema: {
        operationId: 'getNotices',
        summary: 'Which notices that are not mandatory the holder wants, and how',
        tags,
        response: { 200: View },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      const prover = await gate.single((tx) => gate.accounts.load(tx, accountId));
      const contacts = prover?.contacts ?? [];
      const canSms = contacts.some(({ kind, verifiedAt }) => kind === 'phone' && verifiedAt !== null);
      return { by: 'off' as const, failures: false, ...prover?.useNotices, canSms };
    },
  );

  app.put(
    '/api/account/notices',
    {
      schema: {
        operationId: 'setNotices',
        summary: 'Be told of every use of one’s credentials, or not any more; security notices always arrive',
        tags,
        body: Wanted,
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded],
      },
    },
    async (request, reply) => {
      const { by, failures } = request.body;
      const operation = { type: 'notices-changed' as const, details: { by, failures } };
      await sensitive(ports, request, reply, operation, async ({ tx, prover, presenter }) => {
        await accounts.setUseNotices(tx, prover.id, { by, failures });
        // Nobody switches them off in silence.
        await notifyHolder(gate, tx, prover, presenter, { template: 'use-notices-changed' });
      });
      return reply.code(204).send(null);
    },
  );
}
