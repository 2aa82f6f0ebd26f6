import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AgendaFacts, type AgendaStep, nextAgendaStep } from './agenda.ts';
import { evidenceKeptUntil } from './evidence-days.ts';
import { type Day, daysLater, romeDayOf, startOfRomeDay } from './rome-days.ts';

const NOTHING: AgendaFacts = {
  state: 'active',
  causes: new Set(),
  documentExpiresOn: null,
  remindedOf: null,
  expiresOn: null,
  usedOn: null,
  announced: null,
  keptUntil: null,
};

/** What a step makes of the facts. */
function after(facts: AgendaFacts, step: AgendaStep): AgendaFacts {
  switch (step.type) {
    case 'remind-document':
      return { ...facts, remindedOf: step.expiresOn };
    case 'suspend-document':
      return { ...facts, state: 'suspended', causes: new Set([...facts.causes, 'document-expired']) };
    case 'announce-end':
      return { ...facts, announced: step.end };
    case 'forget-end':
      return { ...facts, announced: null };
    case 'end':
      return { ...facts, state: 'revoked', causes: new Set() };
    case 'forget':
      return { ...facts, keptUntil: null };
  }
}

/** Everything that happens until a moment when somebody looks whenever something is due. */
function lived(facts: AgendaFacts, untilMs: number): { at: string; step: AgendaStep; facts: AgendaFacts }[] {
  const steps = [];
  for (let now = facts; ; ) {
    // Looked at as late as allowed: at the moment itself.
    const guess = nextAgendaStep(now, 0);
    const next = guess && nextAgendaStep(now, guess.atMs);
    if (!next || next.atMs > untilMs) return steps;
    now = after(now, next.step);
    steps.push({ at: romeTime(next.atMs), step: next.step, facts: now });
  }
}

const romeTime = (atMs: number) =>
  `${romeDayOf(atMs)} ${String(Math.round((atMs - startOfRomeDay(romeDayOf(atMs))) / 3_600_000)).padStart(2, '0')}`;
const typesOf = (steps: { at: string; step: AgendaStep }[]) =>
  steps.map(({ at, step }) => `${at} ${step.type}`);

describe('what time brings about', () => {
  test('[SPID-IDL-4] a document is good until its last day ends in Rome', () => {
    const facts = { ...NOTHING, documentExpiresOn: '2027-03-31' };
    expect(typesOf(lived(facts, Date.parse('2030-01-01T00:00:00Z')))).toEqual([
      '2027-03-01 09 remind-document',
      '2027-04-01 00 suspend-document',
    ]);
    expect(nextAgendaStep({ ...facts, remindedOf: '2027-03-31' }, 0)?.atMs).toBe(
      Date.parse('2027-03-31T22:00:00Z'),
    );
  });

  test('a document that has expired already is not reminded of', () => {
    const facts = { ...NOTHING, documentExpiresOn: '2027-03-31' };
    const step = nextAgendaStep(facts, Date.parse('2027-04-02T00:00:00Z'))?.step;
    expect(step?.type).toBe('suspend-document');
  });

  test('[SPID-NTF-3] of an identity that nobody uses, four notices go out before its end', () => {
    const facts = { ...NOTHING, usedOn: '2026-11-22' };
    const steps = lived(facts, Date.parse('2030-01-01T00:00:00Z'));
    expect(typesOf(steps)).toEqual([
      '2028-08-25 09 announce-end',
      '2028-10-24 09 announce-end',
      '2028-11-13 09 announce-end',
      '2028-11-22 09 announce-end',
      '2028-11-23 00 end',
    ]);
    expect(steps.map(({ facts: { announced } }) => announced?.toldDaysBefore)).toEqual([90, 30, 10, 1, 1]);
    expect(new Set(steps.map(({ facts: { announced } }) => announced?.endsOn))).toEqual(
      new Set(['2028-11-23']),
    );
  });

  test('[SPID-IDL-3] with 24 months minus one day it goes on, with 24 months plus one it ends', () => {
    const told = { cause: 'unused' as const, endsOn: '2028-11-23', toldDaysBefore: 1 };
    const facts = { ...NOTHING, usedOn: '2026-11-22', announced: told };
    const dueAt = nextAgendaStep(facts, 0)?.atMs ?? 0;
    expect(dueAt).toBeGreaterThan(Date.parse('2028-11-21T22:59:59Z'));
    expect(dueAt).toBeLessThanOrEqual(Date.parse('2028-11-22T23:00:00Z'));
  });

  test.each(['2026-11-23', '2028-08-26', '2028-11-22'])(
    '[SPID-IDL-3] used again on %s, its end is called off',
    (usedOn) => {
      const announced = { cause: 'unused' as const, endsOn: '2028-11-23', toldDaysBefore: 90 };
      expect(nextAgendaStep({ ...NOTHING, usedOn, announced }, 0)?.step.type).toBe('forget-end');
    },
  );

  test('[SPID-IDL-3] a contract ends likewise, and goes on when it is renewed', () => {
    const facts = { ...NOTHING, expiresOn: '2027-06-30', usedOn: '2027-01-01' };
    const steps = lived(facts, Date.parse('2027-07-02T00:00:00Z'));
    expect(typesOf(steps).at(-1)).toBe('2027-07-01 00 end');
    expect(steps).toHaveLength(5);
    const renewed = { ...facts, expiresOn: '2028-06-30', announced: steps[0]?.facts.announced ?? null };
    expect(nextAgendaStep(renewed, 0)?.step.type).toBe('forget-end');
  });

  test('[SPID-NTF-3] whenever a notice goes out, its holder has the days that it speaks of', () => {
    const day = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((days) => daysLater('2026-01-01', days));
    const lateness = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(day(0, 500), fc.option(day(0, 900)), lateness, (usedOn, expiresOn, lates) => {
        let facts: AgendaFacts = { ...NOTHING, usedOn, expiresOn };
        let nowMs = startOfRomeDay('2026-01-01');
        const told = new Map<number, Day>();
        for (const late of lates) {
          const next = nextAgendaStep(facts, nowMs);
          if (!next) break;
          nowMs = Math.max(nowMs, next.atMs) + late * 86_400_000;
          const { step } = nextAgendaStep(facts, nowMs) ?? next;
          if (step.type === 'announce-end') told.set(step.end.toldDaysBefore, romeDayOf(nowMs));
          if (step.type === 'end')
            for (const days of [90, 30, 10, 1])
              expect(daysLater(told.get(days) ?? '9999-01-01', days) <= romeDayOf(nowMs)).toBe(true);
          facts = after(facts, step);
        }
      }),
    );
  });

  test('[SPID-ENR-6] what became of an identity is kept for 20 years from its end, to the last moment in Rome', () => {
    const keptUntil = evidenceKeptUntil('2026-11-22', { wasIssued: true });
    expect(keptUntil).toBe('2046-11-22');
    expect(evidenceKeptUntil('2028-02-29', { wasIssued: true })).toBe('2048-02-29');
    expect(evidenceKeptUntil('2026-11-22', { wasIssued: false })).toBe('2026-12-22');
    const revoked = { ...NOTHING, state: 'revoked' as const, documentExpiresOn: '2030-01-01', keptUntil };
    expect(nextAgendaStep(revoked, 0)).toEqual({
      atMs: Date.parse('2046-11-22T23:00:00Z'),
      step: { type: 'forget' },
    });
  });

  test('nothing happens to what is not issued, or revoked', () => {
    for (const state of ['requested', 'revoked'] as const)
      expect(
        nextAgendaStep({ ...NOTHING, state, documentExpiresOn: '2020-01-01', usedOn: '2020-01-01' }, 0),
      ).toBe(undefined);
  });
});
