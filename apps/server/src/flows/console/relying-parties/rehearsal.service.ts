import type { Gate } from '../../../gate/ports.ts';
import { type Rehearsed, type RulesCompared, rehearseSignIn } from '../../../gate/rehearse.ts';
import { type Clock, DAY_MS, MINUTE_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { uuidBytes, uuidv7 } from '../../../platform/ids.ts';
import type { Log } from '../../../platform/log/log.ts';
import { type AdministerPorts, rulesToCompare } from '../../../protocols/oidc/administer-clients.ts';
import type {
  Figures,
  Rehearsal,
  RehearsalOutcome,
  Rehearsals,
  Rule,
  SignIns,
  Visitors,
} from './rehearsal.ports.ts';
import { rehearsalUnderWay } from './rehearsal.problems.ts';

export interface RehearsalPorts {
  gate: Gate;
  clients: AdministerPorts;
  rehearsals: Rehearsals;
  visitors: Visitors;
  clock: Clock;
  log: Log;
}

export interface WantedRehearsal {
  clientId: string;
  rule: Rule;
  /** Today, and so many days before it less one. */
  days: number;
  /** More are not looked at: these are a sample then. */
  mostPeople: number;
}

export interface Rehearsing {
  operatorId: string;
  client: ClientInfo;
}

const PAGE = 50;

/** How long a node may be silent before somebody else may begin anew. */
const DEAD_MS = 2 * MINUTE_MS;

/**
 * Begins to try another rule out on this node; what comes of it stands in the database. What is asked for is recorded.
 *
 * @returns when it is over, for who wants to wait
 * @throws notFound, badInput, rehearsalUnderWay
 */
export async function beginRehearsal(
  ports: RehearsalPorts,
  { operatorId, client }: Rehearsing,
  wanted: WantedRehearsal,
): Promise<{ over: Promise<void> }> {
  const { gate, rehearsals, clock } = ports;
  const { clientId, rule, days } = wanted;
  const now = clock.now();
  const id = uuidv7(now.getTime());
  const rules = await gate.transaction(async (tx) => {
    const compared = await rulesToCompare(ports.clients, tx, clientId, rule);
    const begun = { clientId, id, rule, days, startedAt: now, seenAt: now, finishedAt: null };
    const rehearsal = { ...begun, people: 0, peopleInAll: 0, outcome: null };
    if (!(await rehearsals.begin(tx, rehearsal, new Date(now.getTime() - DEAD_MS))))
      throw rehearsalUnderWay();
    const details = {
      operator: operatorId,
      client: clientId,
      rehearsal: id,
      days,
      rule: JSON.stringify(rule),
    };
    const event = {
      type: 'policy-rehearsed' as const,
      accountId: operatorId,
      actor: 'operator' as const,
      at: now,
    };
    await gate.audit(tx, { ...event, client, details });
    return compared;
  });
  return { over: runRehearsal(ports, { ...wanted, id, now, rules }) };
}

interface Run extends WantedRehearsal {
  id: string;
  now: Date;
  rules: RulesCompared;
}

async function runRehearsal(ports: RehearsalPorts, run: Run): Promise<void> {
  const { gate, rehearsals, clock, log } = ports;
  const outcome = await rehearse(ports, run).catch((err: unknown): RehearsalOutcome => {
    log.error({ err }, 'a rule could not be rehearsed');
    return { kind: 'failed' };
  });
  await gate
    .single((tx) => rehearsals.finish(tx, run, outcome, clock.now()))
    .catch((err: unknown) => log.error({ err }, 'what came of a rehearsal could not be noted'));
}

async function rehearse(ports: RehearsalPorts, run: Run): Promise<RehearsalOutcome> {
  const { gate, rehearsals, visitors, clock } = ports;
  const days = daysOf(run);
  const since = new Date(`${days[0]}T00:00:00Z`);
  const found = await gate.single((tx) => visitors.some(tx, run.clientId, since, run.mostPeople + 1));
  const looked = found.slice(0, run.mostPeople);
  const sums = noSums(days);
  for (let start = 0; start < looked.length; start += PAGE) {
    const page = looked.slice(start, start + PAGE);
    for (const own of await gate.single((tx) => rehearsePage(ports, tx, run, since, page))) count(own, sums);
    const passed = { people: start + page.length, peopleInAll: looked.length };
    await gate.single((tx) => rehearsals.progress(tx, run, passed, clock.now()));
  }
  const perDay = days.map((day) => ({ day, ...(sums.days.get(day) ?? noFigures()) }));
  const isSample = found.length > looked.length;
  const estimatedPeople = isSample ? estimateOf(looked) : Object.values(sums.people).reduce(sum);
  return {
    kind: 'done',
    people: sums.people,
    signIns: sums.signIns,
    days: perDay,
    isSample,
    estimatedPeople,
  };
}

const sum = (one: number, other: number): number => one + other;

function daysOf({ days, now }: Run): string[] {
  const todayMs = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const dayBefore = (index: number) => new Date(todayMs - (days - 1 - index) * DAY_MS);
  return Array.from({ length: days }, (_, index) => dayBefore(index).toISOString().slice(0, 10));
}

const noFigures = (): Figures => ({ asBefore: 0, askedMore: 0, lockedOut: 0 });

interface Sums {
  people: Figures;
  signIns: Figures;
  days: Map<string, Figures>;
}

const noSums = (days: readonly string[]): Sums => ({
  people: noFigures(),
  signIns: noFigures(),
  days: new Map(days.map((day) => [day, noFigures()])),
});

/** Sign-ins that are alike, with what they would have met. */
interface Met extends SignIns {
  met: keyof Figures;
}

const FIGURE = {
  'as-before': 'asBefore',
  'asked-more': 'askedMore',
  'locked-out': 'lockedOut',
} as const satisfies Record<Rehearsed, keyof Figures>;

/** What the sign-ins of some people would have met, for each of them who has an account still. */
async function rehearsePage(
  { gate, visitors }: RehearsalPorts,
  tx: Tx,
  { clientId, rules }: Run,
  since: Date,
  page: readonly string[],
): Promise<Met[][]> {
  const people: Met[][] = [];
  const lines = Map.groupBy(await visitors.signIns(tx, clientId, since, page), ({ accountId }) => accountId);
  for (const [accountId, own] of lines) {
    const prover = await gate.accounts.load(tx, accountId);
    if (!prover || prover.status === 'closed') continue;
    const met = (line: SignIns) => FIGURE[rehearseSignIn(gate, prover, rules, line.method)];
    people.push(own.map((line) => ({ ...line, met: met(line) })));
  }
  return people;
}

const WORST_FIRST = ['lockedOut', 'askedMore', 'asBefore'] as const;

/** Adds what one person's sign-ins would have met. */
function count(own: readonly Met[], sums: Sums): void {
  for (const { day, met, count: times } of own) {
    sums.signIns[met] += times;
    const ofDay = sums.days.get(day);
    if (ofDay) ofDay[met] += times;
  }
  const worst = WORST_FIRST.find((one) => own.some(({ met }) => met === one));
  if (worst) sums.people[worst] += 1;
}

/** Ids of accounts are random: how densely the first of them lie tells how many there are. */
function estimateOf(first: readonly string[]): number {
  const last = first.at(-1);
  const share = last === undefined ? 1 : uuidBytes(last).readUIntBE(0, 6) / 2 ** 48;
  return Math.round(first.length / share);
}

/** The last rehearsal of a relying party's rule, as pages show it; null where there was none. */
export async function readRehearsal({ gate, rehearsals, clock }: RehearsalPorts, clientId: string) {
  const last = await gate.single((tx) => rehearsals.last(tx, clientId));
  if (!last) return null;
  const { id, rule, days, startedAt, seenAt, finishedAt, people, peopleInAll, outcome } = last;
  return {
    id,
    rule,
    days,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    isStuck: isStuck({ finishedAt, seenAt }, clock.nowMs()),
    ...{ people, peopleInAll, outcome },
  };
}

const isStuck = ({ finishedAt, seenAt }: Pick<Rehearsal, 'finishedAt' | 'seenAt'>, nowMs: number): boolean =>
  finishedAt === null && nowMs - seenAt.getTime() > DEAD_MS;

/**
 * What a rehearsal of exactly this rule told, for the record of who applies it: whoever reads it later sees what was
 * known then. Nothing where it was not rehearsed.
 */
export async function rehearsedBefore(
  { gate, rehearsals }: Pick<RehearsalPorts, 'gate' | 'rehearsals'>,
  clientId: string,
  rule: Rule,
): Promise<Record<string, string | number | boolean>> {
  const last = await gate.single((tx) => rehearsals.last(tx, clientId));
  if (last?.outcome?.kind !== 'done' || textOf(last.rule) !== textOf(rule)) return {};
  const { people, isSample, estimatedPeople } = last.outcome;
  return {
    rehearsal: last.id,
    rehearsedAt: last.startedAt.toISOString(),
    rehearsedDays: last.days,
    asBefore: people.asBefore,
    askedMore: people.askedMore,
    lockedOut: people.lockedOut,
    isSample,
    estimatedPeople,
  };
}

const textOf = ({ secondFactor, methods, registrationPhone, smsAlone }: Rule): string =>
  JSON.stringify([secondFactor, methods.toSorted(), registrationPhone, smsAlone]);
