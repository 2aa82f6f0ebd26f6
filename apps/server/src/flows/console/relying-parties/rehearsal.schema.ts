import { z } from 'zod';
import { Rule } from './relying-parties.schema.ts';

/** A week, a month, a quarter of a year. */
const days = z.union([z.literal(7), z.literal(30), z.literal(90)]);

export const RehearseRule = z.strictObject({ policy: Rule, days });

const figures = {
  asBefore: z.int().describe('What was given would have been enough'),
  askedMore: z.int().describe('Something else would have been asked for, that they have'),
  lockedOut: z.int().describe('Nothing they have would have been enough: something to be set up first'),
};
const Figures = z.object(figures);

const Outcome = z.union([
  z.object({
    kind: z.literal('done'),
    people: Figures.describe('Each counted once, by the worst of their sign-ins'),
    signIns: Figures,
    days: z.array(z.object({ day: z.iso.date().describe('UTC'), ...figures })),
    isSample: z.boolean().describe('More people signed in than were looked at'),
    estimatedPeople: z.int().describe('About how many people signed in; exact unless a sample'),
  }),
  z.object({ kind: z.literal('failed') }),
]);

export const RehearsalView = z
  .object({
    id: z.uuid(),
    rule: Rule,
    days: z.int(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    isStuck: z.boolean().describe('Its node is gone'),
    people: z.int().describe('Looked at so far'),
    peopleInAll: z.int(),
    outcome: Outcome.nullable(),
  })
  .meta({ id: 'PolicyRehearsal' });
