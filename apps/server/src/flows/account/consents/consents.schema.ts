import { z } from 'zod';

export const ConsentList = z.object({
  consents: z.array(
    z
      .object({
        clientId: z.string(),
        name: z.object({ it: z.string(), en: z.string() }),
        scopes: z.array(z.string()),
        grantedAt: z.iso.datetime(),
      })
      .meta({ id: 'Consent' }),
  ),
});

export const ConsentParams = z.object({ clientId: z.string().min(1).max(100) });
