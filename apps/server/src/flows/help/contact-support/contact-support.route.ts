import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { tooManyTries } from '../../../gate/gate.problems.ts';
import { interactionId } from '../../../gate/http/interaction.schema.ts';
import { presenterOf } from '../../../gate/http/presenter.ts';
import { mayMail } from '../../../gate/mail-limit.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Interactions } from '../../../gate/relying-party.ts';
import { NOBODY } from '../../../platform/audit/audit.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { parseEmailAddress } from '../../../platform/email-address.ts';
import type { App } from '../../../platform/http/app.ts';
import type { Message } from '../../../platform/messages/messages.ts';

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);

const SupportRequest = z.strictObject({
  email: z
    .string()
    .max(320)
    .refine((text) => parseEmailAddress(text) !== undefined, { params: { rule: 'email' } }),
  name: oneLine(100).optional(),
  caseNumber: oneLine(60).optional(),
  topic: z.enum(['sign-in', 'registration', 'second-factor', 'other']),
  message: z.string().trim().min(1).max(4000),
  interaction: interactionId.optional(),
});

export interface SupportPorts {
  gate: Gate;
  interactions: Interactions;
  queue(tx: Tx, message: Message): Promise<string>;
  settings: { supportMailbox: string };
}

const ASKS = { count: 5, perSeconds: 600 } as const;

/** A request for help: reaches the operator's mailbox, and its reference the holder's. */
export function contactSupportRoutes(app: App, ports: SupportPorts): void {
  app.post(
    '/api/support',
    {
      schema: {
        operationId: 'contactSupport',
        summary: 'Ask the operator for help, with a case or claim number',
        tags: ['help'],
        body: SupportRequest,
        response: { 202: z.object({ reference: z.string() }) },
        problems: [tooManyTries],
      },
    },
    async (request, reply) => {
      const presenter = presenterOf(request, reply);
      ports.gate.limits.take(`support:${presenter.client.network}`, ASKS);
      const { interaction: uid, ...asked } = request.body;
      const portal = uid ? (await ports.interactions.find(uid, presenter))?.relyingParty.name.it : undefined;
      const reference = newReference();
      // Our pages ask in the language on screen, chosen or not.
      const language = request.headers['accept-language']?.startsWith('en') ? 'en' : 'it';
      await ports.gate.transaction((tx) =>
        send(ports, tx, { ...asked, portal, reference, language }, presenter),
      );
      return reply.code(202).send({ reference });
    },
  );
}

/** Six letters that are not mistaken for one another on the phone. */
function newReference(): string {
  const letters = 'ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
}

interface Asked extends Omit<z.infer<typeof SupportRequest>, 'interaction'> {
  portal: string | undefined;
  reference: string;
  language: 'it' | 'en';
}

async function send(
  ports: SupportPorts,
  tx: Tx,
  asked: Asked,
  presenter: ReturnType<typeof presenterOf>,
): Promise<void> {
  const { gate, settings } = ports;
  const { reference, topic, message, language } = asked;
  await ports.queue(tx, {
    channel: 'email',
    template: 'support-request',
    to: settings.supportMailbox,
    language: 'it',
    params: {
      reference,
      from: asked.email,
      topic,
      message,
      ...(asked.name ? { name: asked.name } : {}),
      ...(asked.caseNumber ? { caseNumber: asked.caseNumber } : {}),
      ...(asked.portal ? { portal: asked.portal } : {}),
      userAgent: presenter.client.userAgent,
    },
  });
  const received = { template: 'support-received', params: { reference } };
  if (mayMail(gate, asked.email))
    await ports.queue(tx, { channel: 'email', to: asked.email, language, ...received });
  await gate.audit(tx, {
    type: 'support-asked',
    accountId: NOBODY,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: { reference, topic },
  });
}
