import { z } from 'zod';
import type { AccountWriter } from '../../../gate/account-ports.ts';
import { sessionOf } from '../../../gate/http/presenter.ts';
import type { Session } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { App } from '../../../platform/http/app.ts';
import { type ClientInfo, clientInfoOf } from '../../../platform/http/client-info.ts';
import { COOKIES, setCookie } from '../../../platform/http/cookies.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Italian or English: for this browser at once, and for the account's letters when signed in. */
export function languageRoutes(app: App, { gate, accounts }: { gate: Gate; accounts: AccountWriter }): void {
  app.put(
    '/api/language',
    {
      schema: {
        operationId: 'setLanguage',
        summary: 'Choose the language',
        tags: ['account'],
        body: z.strictObject({ language: z.enum(['it', 'en']) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { language } = request.body;
      const session = await sessionOf(gate, request);
      if (session) await setLanguage(gate, accounts, session, language, clientInfoOf(request));
      setCookie(reply, COOKIES.language, language, YEAR_SECONDS);
      return reply.code(204).send(null);
    },
  );
}

function setLanguage(
  gate: Gate,
  accounts: AccountWriter,
  { accountId }: Session,
  language: 'it' | 'en',
  client: ClientInfo,
): Promise<void> {
  return gate.transaction(async (tx) => {
    await accounts.setLanguage(tx, accountId, language);
    const [at, actor] = [gate.clock.now(), 'holder' as const];
    await gate.audit(tx, { type: 'language-changed', accountId, actor, at, client, details: { language } });
  });
}
