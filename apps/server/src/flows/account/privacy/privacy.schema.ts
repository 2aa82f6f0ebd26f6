import { z } from 'zod';

export const PrivacyView = z
  .object({
    exports: z.array(
      z.object({
        id: z.uuid(),
        state: z.enum(['waiting', 'ready', 'fetched', 'expired']),
        requestedAt: z.iso.datetime(),
        expiresAt: z.iso.datetime().nullable(),
      }),
    ),
    heldUntil: z.iso.datetime().nullable().describe('Neither is done before, since a contact changed'),
    identity: z
      .enum(['none', 'revoked', 'held'])
      .describe('held: the account cannot be erased before the identity is revoked'),
    retained: z
      .array(z.object({ kind: z.enum(['identity', 'access-log']), ground: z.string(), until: z.iso.date() }))
      .describe('What would be kept after an erasure today, and until when'),
    cancelDays: z.int(),
  })
  .meta({ id: 'Privacy' });

export const ErasureBegun = z.object({ beginsAt: z.iso.datetime() });
export const LinkToken = z.strictObject({ token: z.string().max(200) });
export const AccountData = z.record(z.string(), z.unknown()).meta({ id: 'AccountData' });
