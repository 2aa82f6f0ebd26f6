import { expect, test } from 'vitest';
import { fixedClock } from '../../../platform/clock/clock.ts';
import { progressLog, summaryLine } from './progress-log.ts';

const none = { records: 1_000_000, doneBefore: 0, done: 0, imported: 0, rejected: 0, skipped: 0, hashed: 0 };

function told(steps: { afterMs: number; done: number; hashed?: number }[], start = none): string[] {
  const clock = fixedClock(0);
  const lines: string[] = [];
  const log = progressLog(clock, (line) => lines.push(line));
  log(start);
  for (const { afterMs, ...progress } of steps) {
    clock.advance(afterMs);
    log({ ...start, ...progress });
  }
  return lines;
}

test('speed and time left are told every five seconds', () => {
  const steps = Array.from({ length: 10 }, (_, index) => ({ afterMs: 1000, done: (index + 1) * 4000 }));
  expect(told(steps)).toEqual([
    '1,000,000 records to import.',
    '20,000 of 1,000,000 records, 4,000 a second, 4 min left',
    '40,000 of 1,000,000 records, 4,000 a second, 4 min left',
  ]);
});

test('passwords in clear are named as what takes the time', () => {
  expect(told([{ afterMs: 10_000, done: 800, hashed: 800 }])[1]).toBe(
    '800 of 1,000,000 records, 80 a second, 3.5 h left; 800 passwords in clear had to be hashed, which takes most of the time',
  );
});

test('an import that is taken up says so, and counts its own speed', () => {
  const start = { ...none, doneBefore: 600_000, done: 600_000 };
  expect(told([{ afterMs: 10_000, done: 610_000 }], start)).toEqual([
    '1,000,000 records, of which 600,000 were dealt with before: going on after them.',
    '610,000 of 1,000,000 records, 1,000 a second, 7 min left',
  ]);
  expect(told([], { ...start, doneBefore: 1_000_000 })).toEqual([
    '1,000,000 records, all of which were dealt with before: nothing to do.',
  ]);
});

test('the end tells what became of the records', () => {
  expect(summaryLine({ ...none, imported: 1 }, 'r', false)).toBe('Imported 1 account.');
  expect(summaryLine({ ...none, imported: 5, skipped: 2, rejected: 1 }, 'r.jsonl', true)).toBe(
    'Nothing was written; 5 accounts would be imported, skipped 2 that exist already, rejected 1: see r.jsonl',
  );
});
