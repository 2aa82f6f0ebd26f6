import { type Day, daysLater, lastOfYears } from './rome-days.ts';

/** By which law: DPCM of 24 October 2014, article 7.8. */
const KEPT_YEARS = 20;
/** Of one that was asked for and refused nothing was issued: its holder may still ask why. */
const REFUSED_DAYS = 30;

/**
 * The last day on which it is kept how an identity came to be, lived and ended [SPID-ENR-6].
 *
 * @param endedOn the day on which it expired or was revoked
 */
export function evidenceKeptUntil(endedOn: Day, { wasIssued }: { wasIssued: boolean }): Day {
  return wasIssued ? daysLater(lastOfYears(endedOn, KEPT_YEARS), 1) : daysLater(endedOn, REFUSED_DAYS);
}
