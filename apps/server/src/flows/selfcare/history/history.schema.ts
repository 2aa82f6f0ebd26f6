import { z } from 'zod';

const time = z.iso.datetime();
const outcome = z.enum(['success', 'failure']);

const filters = {
  from: time.optional().describe('From then on'),
  to: time.optional().describe('Before then'),
  outcome: outcome.optional(),
  service: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('A client id; `account` for the pages of the installation itself'),
};

export const HistoryQuery = z.strictObject({
  ...filters,
  before: z.uuid().optional().describe('`next` of the page before'),
});

const Service = z
  .object({
    id: z.string(),
    name: z.object({ it: z.string(), en: z.string() }).nullable(),
  })
  .meta({ id: 'HistoryService' });

export const HistoryPage = z.object({
  accesses: z.array(
    z
      .object({
        id: z.uuid().describe('Also of its row in the audit'),
        at: time,
        kind: z.string().describe('`sign-in`, `single-sign-on`, `step-up`, or what else was proven for'),
        outcome,
        method: z.string().nullable().describe('What was used; null where a live session was enough'),
        level: z.int().nullable().describe('Level that was reached, or asked for'),
        service: Service,
        address: z.string(),
        browser: z.string(),
        system: z.string(),
        country: z.string().nullable().describe('ISO 3166-1 alpha-2, by the address'),
        local: z.boolean(),
      })
      .meta({ id: 'Access' }),
  ),
  next: z.uuid().nullable(),
});

export const HistorySummary = z.object({
  successes: z.int(),
  failures: z.int(),
  lastAccessAt: time.nullable().describe('The last one that succeeded'),
  months: z.array(
    z.object({ month: z.string().describe('YYYY-MM (UTC)'), successes: z.int(), failures: z.int() }),
  ),
  services: z.array(Service),
});

export const ExportWish = z.strictObject({ format: z.enum(['json', 'csv']), ...filters });
export const NotMine = z.strictObject({
  access: z.uuid().nullable().describe('The line that was not theirs'),
});
