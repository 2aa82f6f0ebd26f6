import { z } from 'zod';
import { LOST } from './help-holder.service.ts';
import { SEARCHED_BY } from './holders.ports.ts';

const time = z.iso.datetime();

export const Search = z.strictObject({
  by: z.enum(SEARCHED_BY),
  value: z.string().trim().min(1).max(254).describe('Whole: nobody is found by a part of it'),
  reason: z.string().trim().min(10).max(200).describe('Why it is needed; recorded with the search'),
});

const status = z.enum(['active', 'suspended', 'closed']);

export const Found = z.object({
  holders: z.array(
    z
      .object({ file: z.uuid(), userId: z.string(), status, contacts: z.array(z.string()) })
      .meta({ id: 'FoundHolder' }),
  ),
});

export const FileParams = z.object({ file: z.uuid() });
export const CheckParams = z.object({ file: z.uuid(), check: z.string().max(64) });

export const HolderFileView = z
  .object({
    file: z.uuid(),
    closesAt: time,
    userId: z.string(),
    status,
    language: z.enum(['it', 'en']),
    createdAt: time,
    contacts: z.array(
      z.object({
        kind: z.enum(['email', 'phone']),
        address: z.string().describe('Masked'),
        isVerified: z.boolean(),
      }),
    ),
    factors: z.array(
      z.object({ type: z.string(), label: z.string(), createdAt: time, lastUsedAt: time.nullable() }),
    ),
    devices: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['active', 'frozen', 'locked', 'removed']),
        createdAt: time,
        lastSeenAt: time,
      }),
    ),
    identities: z.array(
      z.object({
        type: z.int(),
        state: z.enum(['requested', 'active', 'suspended', 'revoked']),
        causes: z.array(z.string()),
        issuedOn: z.string().nullable(),
        expiresOn: z.string().nullable(),
        documentExpiresOn: z.string().nullable(),
      }),
    ),
    holds: z
      .array(z.object({ cause: z.string(), since: time, until: time.nullable(), setBy: z.string() }))
      .describe('Why the account rests'),
    sessions: z.int().describe('How many are open'),
    accesses: z.object({
      days: z.int(),
      successes: z.int(),
      failures: z.int(),
      lastAt: time.nullable(),
    }),
    messages: z.array(
      z.object({
        id: z.uuid(),
        channel: z.enum(['email', 'sms', 'push']),
        state: z.enum(['pending', 'sent', 'delivered', 'failed', 'expired', 'dead']),
        reason: z.string().nullable(),
        createdAt: time,
        sentAt: time.nullable(),
      }),
    ),
  })
  .meta({ id: 'HolderFile' });

export const approval = z
  .string()
  .max(64)
  .optional()
  .describe('The ceremony by which the operator approved exactly this');

export const Decide = z.strictObject({ approval });
export const StartRecovery = z.strictObject({ lost: z.enum(LOST), approval });

export const CallerAsked = z.object({
  id: z.string(),
  number: z.string().describe('To be read out to the caller, who types it in the app'),
  expiresAt: time,
});
export const CallerAnswer = z.object({
  state: z.enum(['waiting', 'confirmed', 'refused', 'not-me', 'wrong-number', 'over']),
});
