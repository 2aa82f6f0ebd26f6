import type { Provider } from '@sigillo/documents';
import { z } from 'zod';
import type { App } from '../../../platform/http/app.ts';

/** Whom signed requests are sent to. */
export function providerRoutes(app: App, { provider }: { provider: Provider }): void {
  app.get(
    '/api/provider',
    {
      schema: {
        operationId: 'getProvider',
        summary: 'The organisation that answers for digital identities, and how it is reached',
        tags: ['self-care'],
        response: {
          200: z.object({
            name: z.string(),
            address: z.string().nullable().describe('Null where no letters are received'),
            email: z.string(),
            certifiedMail: z.string().nullable(),
            phone: z.string().nullable(),
          }),
        },
      },
    },
    () => {
      const { name, address, email, certifiedMail = null, phone = null } = provider;
      // Documents then name the address of this site, to which nobody can write a letter.
      const isSite = URL.canParse(address);
      return { name, address: isSite ? null : address, email, certifiedMail, phone };
    },
  );
}
