import { type Clock, HOUR_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import {
  AMOUNTS_PER_UNIT,
  parseAmount,
  type TariffSettings,
} from '../../../platform/messages/spending/tariff.ts';

/** A prefix that was stopped: of its last codes, so few came back. */
interface StoppedPrefix {
  prefix: string;
  sent: number;
  confirmed: number;
  stopped_at: Date;
  until: Date;
}

/** What was paid, in ten-thousandths of the currency's unit. */
interface SpentHour {
  hour: Date;
  spent: number;
  byPrefix: Record<string, number>;
}

export interface SpendingPorts {
  spent: {
    since(tx: Tx, sinceMs: number): Promise<SpentHour[]>;
    stopped(tx: Tx, nowMs: number): Promise<StoppedPrefix[]>;
    /** False when it is not stopped. */
    reopen(tx: Tx, prefix: string, nowMs: number): Promise<boolean>;
  };
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  clock: Clock;
  settings: TariffSettings;
}

/** Amounts in the currency's unit: pages put them into words. */
const units = (amount: number): number => amount / AMOUNTS_PER_UNIT;

/**
 * What SMS have cost, hour by hour up to the current one, with every budget and whatever is stopped.
 *
 * @param hours how far back
 */
export async function readSpending({ spent, single, clock, settings }: SpendingPorts, hours: number) {
  const nowMs = clock.nowMs();
  const firstMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - (hours - 1) * HOUR_MS;
  const paid = await single((tx) => spent.since(tx, firstMs));
  const stopped = await single((tx) => spent.stopped(tx, nowMs));
  const known = new Map(paid.map((one) => [one.hour.getTime(), one]));
  const { currency, hourlyBudget, prefixBudget, prefixBudgets } = settings;
  return {
    currency,
    hourlyBudget: units(parseAmount(hourlyBudget)),
    prefixBudget: units(parseAmount(prefixBudget)),
    prefixBudgets: inUnits(prefixBudgets),
    hours: Array.from({ length: hours }, (_, index) => {
      const hour = new Date(firstMs + index * HOUR_MS);
      const one = known.get(hour.getTime());
      const byPrefix = Object.entries(one?.byPrefix ?? {}).map(([name, amount]) => [name, units(amount)]);
      return {
        hour: hour.toISOString(),
        spent: units(one?.spent ?? 0),
        byPrefix: Object.fromEntries(byPrefix) as Record<string, number>,
      };
    }),
    stopped: stopped.map(stoppedView),
  };
}

const inUnits = (amounts: Readonly<Record<string, string>>): Record<string, number> =>
  Object.fromEntries(Object.entries(amounts).map(([name, text]) => [name, units(parseAmount(text))]));

const stoppedView = ({ prefix, sent, confirmed, stopped_at, until }: StoppedPrefix) => ({
  prefix,
  sent,
  confirmed,
  stoppedAt: stopped_at.toISOString(),
  until: until.toISOString(),
});

/**
 * Lets SMS go to a prefix again before its time.
 *
 * @throws notFound when it is not stopped
 */
export async function releasePrefix({ spent, clock }: SpendingPorts, tx: Tx, prefix: string): Promise<void> {
  if (!(await spent.reopen(tx, prefix, clock.nowMs()))) throw notFound();
}
