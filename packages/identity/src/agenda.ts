/**
 * What time brings about in the life of a digital identity (Decree of 24 October 2014, article 8; AgID, Modalità
 * attuative, article 20): its document expires, it is not used for two years, its contract ends. Pure: when which step
 * is due, by what is known of the identity. Whoever carries a step out asks again.
 */
import type { IdentityStanding } from './identity-life.ts';
import { type Day, daysLater, lastOfYears, romeDayOf, startOfRomeDay } from './rome-days.ts';

/** Why the platform ends an identity. */
export type EndCause = 'unused' | 'contract-end';

/** An end that its holder was told of. */
export interface AnnouncedEnd {
  cause: EndCause;
  /** It is revoked when this day begins in Rome. */
  endsOn: Day;
  /** Of the notices that go out so many days before, the last one that went out. */
  toldDaysBefore: number;
}

export interface AgendaFacts extends IdentityStanding {
  /** The last day on which its document is good. */
  documentExpiresOn: Day | null;
  /** The document of which the holder was told that it will expire: by its last day. */
  remindedOf: Day | null;
  /** Its last day by its contract. */
  expiresOn: Day | null;
  /** When it was last used; when it was issued, where it never was. */
  usedOn: Day | null;
  announced: AnnouncedEnd | null;
  /** Of one that is revoked: the last day on which it is kept what it was. */
  keptUntil: Day | null;
}

export type AgendaStep =
  | { type: 'remind-document'; expiresOn: Day }
  | { type: 'suspend-document'; expiresOn: Day }
  | { type: 'announce-end'; end: AnnouncedEnd }
  | { type: 'forget-end' }
  | { type: 'end'; cause: EndCause }
  | { type: 'forget' };

/** How many days before the provider ends an identity its holder is told [SPID-NTF-3]. */
const TOLD_DAYS_BEFORE = [90, 30, 10, 1] as const;
const REMINDED_DAYS_BEFORE = 30;
/** An identity that was not used for more than so many years ends. */
const UNUSED_YEARS = 2;
/** Notices that are known days before go out when people are up: in hours after midnight. */
const NOTICE_HOUR = 9;
const HOUR_MS = 3_600_000;

/**
 * What is to be done next with an identity, and from when on, in Unix milliseconds; undefined when time brings nothing
 * about any more.
 */
export function nextAgendaStep(
  facts: AgendaFacts,
  nowMs: number,
): { atMs: number; step: AgendaStep } | undefined {
  if (facts.state === 'revoked') return forgetStep(facts);
  if (facts.state === 'requested') return undefined;
  const steps = [...documentSteps(facts, nowMs), ...endSteps(facts, nowMs)];
  return steps.sort((a, b) => a.atMs - b.atMs)[0];
}

type Due = { atMs: number; step: AgendaStep };

/** When the last day is over on which its evidence has to be kept [SPID-ENR-6]. */
const forgetStep = ({ keptUntil }: AgendaFacts): Due | undefined =>
  keptUntil === null
    ? undefined
    : { atMs: startOfRomeDay(daysLater(keptUntil, 1)), step: { type: 'forget' } };

function documentSteps({ documentExpiresOn, remindedOf, causes }: AgendaFacts, nowMs: number): Due[] {
  if (documentExpiresOn === null || causes.has('document-expired')) return [];
  const expiresAtMs = startOfRomeDay(daysLater(documentExpiresOn, 1));
  const suspend: AgendaStep = { type: 'suspend-document', expiresOn: documentExpiresOn };
  const steps: Due[] = [{ atMs: expiresAtMs, step: suspend }];
  // Nobody is told beforehand of what is over.
  if (remindedOf !== documentExpiresOn && nowMs < expiresAtMs)
    steps.push({
      atMs: noticeTime(daysLater(documentExpiresOn, -REMINDED_DAYS_BEFORE)),
      step: { type: 'remind-document', expiresOn: documentExpiresOn },
    });
  return steps;
}

function endSteps(facts: AgendaFacts, nowMs: number): Due[] {
  const { announced } = facts;
  const ends = endsOf(facts);
  if (!announced) return ends.slice(0, 1).map((first) => noticeOf(first, 0, nowMs));
  const stands = ends.some(({ cause, endsOn }) => cause === announced.cause && endsOn <= announced.endsOn);
  // It was used again, or its contract goes on.
  if (!stands) return [{ atMs: nowMs, step: { type: 'forget-end' } }];
  const next = TOLD_DAYS_BEFORE.findIndex((days) => days < announced.toldDaysBefore);
  if (next >= 0) return [noticeOf(announced, next, nowMs)];
  const step: AgendaStep = { type: 'end', cause: announced.cause };
  return [{ atMs: startOfRomeDay(announced.endsOn), step }];
}

type End = Pick<AnnouncedEnd, 'cause' | 'endsOn'>;

/** The ends that an identity has before it, the nearest first. */
function endsOf({ usedOn, expiresOn }: AgendaFacts): End[] {
  const ends: End[] = [];
  // On the same day two years later it is not more than two years yet.
  if (usedOn !== null)
    ends.push({ cause: 'unused', endsOn: daysLater(lastOfYears(usedOn, UNUSED_YEARS), 2) });
  if (expiresOn !== null) ends.push({ cause: 'contract-end', endsOn: daysLater(expiresOn, 1) });
  return ends.sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1));
}

/** A notice that goes out late puts the end off: its holder has the days that it speaks of. */
function noticeOf({ cause, endsOn }: End, notice: number, nowMs: number): Due {
  const days = TOLD_DAYS_BEFORE[notice] ?? 1;
  const earliest = daysLater(romeDayOf(nowMs), days);
  const end = { cause, endsOn: endsOn < earliest ? earliest : endsOn, toldDaysBefore: days };
  return { atMs: noticeTime(daysLater(endsOn, -days)), step: { type: 'announce-end', end } };
}

const noticeTime = (day: Day): number => startOfRomeDay(day) + NOTICE_HOUR * HOUR_MS;
