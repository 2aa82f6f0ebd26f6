import { z } from 'zod';

const time = z.iso.datetime();

export const SessionList = z.object({
  sessions: z.array(
    z
      .object({
        id: z.uuid(),
        current: z.boolean(),
        browser: z.string(),
        system: z.string(),
        kind: z.enum(['phone', 'tablet', 'computer', 'unknown']),
        country: z.string().nullable().describe('ISO 3166-1 alpha-2, by the address'),
        local: z.boolean(),
        address: z.string(),
        createdAt: time,
        lastSeenAt: time,
        relyingParties: z.array(z.object({ it: z.string(), en: z.string() })),
      })
      .meta({ id: 'Session' }),
  ),
});

export const SessionParams = z.object({ id: z.uuid() });
export const EndAll = z.strictObject({ keepCurrent: z.boolean() });
