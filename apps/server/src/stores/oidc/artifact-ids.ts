import { newSecret, uuidv7, uuidv7Floor } from '../../platform/ids.ts';
import type { ArtifactModel } from '../../protocols/oidc/ports.ts';
import { idsAround } from '../gate/ids-around.ts';

const TIME_BYTES = 6;
const SECRET_BYTES = 32;
const TIMED = /^[A-Za-z0-9_-]{51}$/;

/** What lives for weeks: its value begins with the time it was made, so that one partition is looked into. */
const TIMED_MODELS: readonly ArtifactModel[] = ['Grant', 'RefreshToken'];

/**
 * A value of 256 random bits behind the time it is made, as 51 characters of base64url.
 *
 * @param nowMs Unix time, in milliseconds
 */
export function timedValue(nowMs: number): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(nowMs, 0, TIME_BYTES);
  return Buffer.concat([time, newSecret(SECRET_BYTES)]).toString('base64url');
}

const timeIn = (value: string): number | undefined =>
  TIMED.test(value) ? Buffer.from(value, 'base64url').readUIntBE(0, TIME_BYTES) : undefined;

/** An id for a row with this value, of the time that stands in the value where one does. */
export function idFor(model: ArtifactModel, value: string, createdAt: Date): string {
  const time = TIMED_MODELS.includes(model) ? timeIn(value) : undefined;
  return uuidv7(time ?? createdAt.getTime());
}

/** Between which ids something stands. */
export interface IdRange {
  from: string;
  to: string;
}

/**
 * Where a value is looked for: what lives for weeks at the time in the value, everything else, which lives for
 * minutes, around now.
 */
export function idsOf(model: ArtifactModel, value: string, now: Date): IdRange {
  if (!TIMED_MODELS.includes(model)) return idsAround(now);
  const ms = timeIn(value) ?? 0;
  return { from: uuidv7Floor(ms), to: uuidv7Floor(ms + 1) };
}

/** Where all that stands which a grant gave: from the grant on, and of what lives for minutes the last of it. */
export function idsGrantedBy(model: ArtifactModel, grantId: string, now: Date): IdRange {
  const around = idsAround(now);
  return TIMED_MODELS.includes(model) ? { ...around, from: idsOf('Grant', grantId, now).from } : around;
}
