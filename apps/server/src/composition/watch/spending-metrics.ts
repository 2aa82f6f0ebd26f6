import { spentThisHour, stoppedPrefixes } from '../../platform/messages/spending/spending.store.ts';
import { AMOUNTS_PER_UNIT } from '../../platform/messages/spending/tariff.ts';
import type { Platform } from '../platform.ts';

/** What SMS cost in this hour, beside what they may cost, and how many prefixes are stopped. */
export function spendingMetrics({
  metrics,
  db,
  clock,
  config,
}: Pick<Platform, 'metrics' | 'db' | 'clock' | 'config'>): void {
  const spent = metrics.gauge({
    name: 'sigillo_sms_hour_spent',
    help: 'What SMS of all nodes cost since the hour began, in the currency of the settings.',
    labels: {},
  });
  const budget = metrics.gauge({
    name: 'sigillo_sms_hour_budget',
    help: 'What they may cost in an hour.',
    labels: {},
  });
  const stopped = metrics.gauge({
    name: 'sigillo_sms_stopped_prefixes',
    help: 'Beginnings of numbers to which no SMS go, since hardly any code came back.',
    labels: {},
  });
  budget.set({}, Number(config.sms.hourlyBudget));
  metrics.atRead([spent, stopped], async () => {
    const hour = await spentThisHour(db, clock.nowMs());
    spent.set({}, hour.spent / AMOUNTS_PER_UNIT);
    stopped.set({}, (await stoppedPrefixes(db, clock.nowMs())).length);
  });
}
