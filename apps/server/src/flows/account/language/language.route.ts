import { z } from 'zod';
import type { AccountWriter } from '../../../gate/account-ports.ts';
import { sessionOf } from '../../../gate/http/presenter.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { App } from '../../../platform/http/app.ts';
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
      if (session) await gate.transaction((tx) => accounts.setLanguage(tx, session.accountId, language));
      setCookie(reply, COOKIES.language, language, YEAR_SECONDS);
      return reply.code(204).send(null);
    },
  );
}
