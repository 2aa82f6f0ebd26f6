import type { Clock } from '../../../platform/clock/clock.ts';
import type { ImportProgress } from './import-people.service.ts';

const EVERY_MS = 5_000;

const count = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/**
 * Tells an import's progress in lines for a terminal: at the start, then every five seconds.
 *
 * @param log takes one line
 */
export function progressLog(clock: Clock, log: (line: string) => void): (progress: ImportProgress) => void {
  let startMs: number | undefined;
  let toldMs = 0;
  return (progress) => {
    const nowMs = clock.nowMs();
    if (startMs === undefined) {
      startMs = nowMs;
      toldMs = nowMs;
      log(openingLine(progress));
    } else if (nowMs - toldMs >= EVERY_MS) {
      toldMs = nowMs;
      log(progressLine(progress, nowMs - startMs));
    }
  };
}

function openingLine({ records, doneBefore }: ImportProgress): string {
  const total = `${count.format(records)} ${records === 1 ? 'record' : 'records'}`;
  if (doneBefore === 0) return `${total} to import.`;
  if (doneBefore === records) return `${total}, all of which were dealt with before: nothing to do.`;
  return `${total}, of which ${count.format(doneBefore)} were dealt with before: going on after them.`;
}

function progressLine({ records, doneBefore, done, hashed }: ImportProgress, elapsedMs: number): string {
  const perSecond = (done - doneBefore) / (elapsedMs / 1000);
  const left = duration((records - done) / perSecond);
  const line = `${count.format(done)} of ${count.format(records)} records, ${count.format(perSecond)} a second, ${left} left`;
  if (hashed === 0) return line;
  return `${line}; ${count.format(hashed)} passwords in clear had to be hashed, which takes most of the time`;
}

/** What an import came to, in one line; to be told at its end. */
export function summaryLine(progress: ImportProgress, rejectsFile: string, dryRun: boolean): string {
  const { imported, skipped, rejected } = progress;
  const accounts = `${count.format(imported)} ${imported === 1 ? 'account' : 'accounts'}`;
  const told = dryRun ? `Nothing was written; ${accounts} would be imported` : `Imported ${accounts}`;
  if (skipped + rejected === 0) return `${told}.`;
  const others = `skipped ${count.format(skipped)} that exist already, rejected ${count.format(rejected)}`;
  return `${told}, ${others}: see ${rejectsFile}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${count.format(seconds)} s`;
  return seconds < 90 * 60 ? `${count.format(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
