import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Identifiers } from '../../../gate/account-ports.ts';
import { codeRejected, tooManyTries } from '../../../gate/gate.problems.ts';
import { announceHold } from '../../../gate/holds.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import type { Gate } from '../../../gate/ports.ts';
import { confirmSuspension, requestSuspension } from '../../../gate/suspend-by-phone.ts';
import type { App } from '../../../platform/http/app.ts';

const tags = ['suspension'];
/** Writing a message takes longer than writing none: nobody is answered before either could be done ([RATE-1]). */
const ANSWER_AFTER_MS = 150;

const Request = z.strictObject({ identifier: z.string().min(1).max(320) });
const Requested = z.object({ request: z.string().describe('To hand the code in with') });
const Confirm = z.strictObject({
  request: z.string().min(1).max(1000),
  code: z.string().min(1).max(20),
});
const Confirmed = z.object({ until: z.iso.datetime() });

/** Who has neither card nor session asks by user id, and proves the registered number. */
export function suspendByPhoneRoutes(app: App, ports: { gate: Gate; identifiers: Identifiers }): void {
  const { gate, identifiers } = ports;

  app.post(
    '/api/suspensions/requests',
    {
      schema: {
        operationId: 'requestSuspension',
        summary:
          'Have a code sent to the registered number; the same answer whether or not the account exists',
        tags,
        body: Request,
        response: { 202: Requested },
        problems: [tooManyTries],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      const asking = requestSuspension(gate, identifiers, request.body.identifier, presenter);
      const [sealed] = await Promise.all([asking, sleep(ANSWER_AFTER_MS)]);
      return reply.code(202).send({ request: sealed });
    },
  );

  app.post(
    '/api/suspensions/requests/confirm',
    {
      schema: {
        operationId: 'confirmSuspension',
        summary: 'Suspend the account by the code that was sent to its registered number',
        tags,
        body: Confirm,
        response: { 200: Confirmed },
        problems: [codeRejected, tooManyTries],
      },
    },
    async (request, reply) => {
      const { request: sealed, code } = request.body;
      const suspended = await confirmSuspension(gate, sealed, code, presenterOf(request, reply));
      if (!suspended?.hold.until) throw codeRejected({ triesLeft: null });
      announceHold(gate, suspended.hold.accountId);
      return { until: suspended.hold.until.toISOString() };
    },
  );
}
