import { uuidv7Floor } from '../../platform/ids.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Between which ids everything stands that belongs to a ceremony of that time: it lasts minutes, and the clocks of
 * nodes differ by less than a day. Said in a query, it is looked for in the partition of that week alone.
 */
export function idsAround(at: Date): { from: string; to: string } {
  return { from: uuidv7Floor(at.getTime() - DAY_MS), to: uuidv7Floor(at.getTime() + DAY_MS) };
}
