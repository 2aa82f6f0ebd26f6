import { z } from 'zod';
import type { AccountWriter } from '../../../gate/account-ports.ts';
import { CODE_DELIVERIES, isSetUp } from '../../../gate/code-delivery.ts';
import { proofNeeded, signInNeeded } from '../../../gate/gate.problems.ts';
import type { ViewPorts } from '../../../gate/http/ceremony-view.ts';
import { requireSession } from '../../../gate/http/presenter.ts';
import { sensitive } from '../../../gate/http/sensitive.ts';
import type { CodeDelivery, Prover } from '../../../gate/model.ts';
import type { App } from '../../../platform/http/app.ts';
import { deliveryNotSetUp } from './code-delivery.problems.ts';

type Ports = ViewPorts & { accounts: Pick<AccountWriter, 'setCodeDelivery'> };

const tags = ['self-care'];
const Delivery = z.enum(CODE_DELIVERIES as [CodeDelivery, ...CodeDelivery[]]);
const Answer = z.object({
  chosen: Delivery.nullable().describe('Null where the holder is asked each time'),
  setUp: z.array(Delivery).describe('What may be chosen: the account has it'),
});

/** How codes reach the holder: what is chosen is offered first, and the others stay reachable. */
export function codeDeliveryRoutes(app: App, ports: Ports): void {
  const { gate, accounts } = ports;

  app.get(
    '/api/selfcare/code-delivery',
    {
      schema: {
        operationId: 'getCodeDelivery',
        summary: 'How codes reach the holder, and how they may',
        tags,
        response: { 200: Answer },
        problems: [signInNeeded],
      },
    },
    async (request) => {
      const { accountId } = await requireSession(gate, request);
      const prover = await gate.transaction((tx) => gate.accounts.load(tx, accountId));
      if (!prover) throw signInNeeded();
      return describe(prover);
    },
  );

  app.put(
    '/api/selfcare/code-delivery',
    {
      schema: {
        operationId: 'chooseCodeDelivery',
        summary: 'Choose how codes reach the holder',
        tags,
        body: z.strictObject({ chosen: Delivery }),
        response: { 204: z.null() },
        problems: [signInNeeded, proofNeeded, deliveryNotSetUp],
      },
    },
    async (request, reply) => {
      const { chosen } = request.body;
      const operation = { type: 'code-delivery-chosen' as const, details: { chosen } };
      await sensitive(ports, request, reply, operation, async ({ tx, prover }) => {
        if (!isSetUp(prover, chosen)) throw deliveryNotSetUp();
        await accounts.setCodeDelivery(tx, prover.id, chosen);
      });
      return reply.code(204).send(null);
    },
  );
}

/** What was chosen counts as long as the account has it. */
function describe(prover: Prover): z.infer<typeof Answer> {
  const setUp = CODE_DELIVERIES.filter((one) => isSetUp(prover, one));
  const chosen = setUp.find((one) => one === prover.codeDelivery) ?? null;
  return { chosen, setUp };
}
