import { type Clock, HOUR_MS, SECOND_MS } from '../../clock/clock.ts';
import { type Db, inSingleStatements, inTransaction, type Tx } from '../../database/database.ts';
import type { Log } from '../../log/log.ts';
import { parsePhone } from '../../phone-number.ts';
import { codeTally } from './code-tally.ts';
import {
  addCodes,
  forgetOldSpending,
  hourOf,
  pay,
  type StoppedPrefix,
  stopBarren,
} from './spending.store.ts';
import { formatAmount, type Quote, type TariffSettings, tariff } from './tariff.ts';

/** Why no SMS goes to a number: never (`number`), or not before so many seconds have passed. */
export type Refusal = { reason: 'number' } | { reason: 'budget' | 'stopped'; retryAfterSeconds: number };

/** What came of asking for one SMS. */
export type SpendingOutcome = 'admitted' | Refusal['reason'];

/** Keeps what SMS cost within what the installation wants to spend, on all its nodes together. */
export interface SmsSpending {
  /** Pays for one SMS, or tells why it must not be sent. Whoever was admitted may send it once. */
  admit(to: string): Promise<Refusal | undefined>;
  /** An SMS with a code was handed to the provider. @param atMs when its code was made */
  sent(to: string, atMs: number): void;
  /** Its code came back. */
  confirmed(to: string, atMs: number): void;
  /** Stores what was counted here, and stops prefixes to which codes go in vain. */
  judge(): Promise<void>;
  /** Deletes what counts no more. */
  forget(): Promise<void>;
}

/** Something an administrator should look into. */
export type SpendingAlert =
  | { kind: 'prefix-stopped'; prefix: string; sent: number; confirmed: number; until: Date }
  | { kind: 'budget-nearly-spent'; prefix: string | null; spent: string; budget: string };

export interface SpendingPorts {
  db: Db;
  clock: Clock;
  log: Log;
  settings: TariffSettings & { countries: readonly string[] };
  /** Writes to whoever looks after the installation, in the transaction that found it; nothing where nobody is named. */
  alert(tx: Tx, alert: SpendingAlert): Promise<void>;
  /** Counts what was decided. */
  decided(outcome: SpendingOutcome): void;
}

/** From this share of a budget on, somebody is told. */
const NEARLY = 0.8;

export function smsSpending(ports: SpendingPorts): SmsSpending {
  const { db, clock, settings } = ports;
  const quote = tariff(settings);
  const tally = codeTally();
  const count = (to: string, atMs: number, counted: { sent?: number; confirmed?: number }) => {
    const { prefix, range } = quote(to);
    tally.add([prefix, range], atMs, counted);
  };
  return {
    admit: async (to) => {
      const refusal = await admit(ports, quote, to);
      ports.decided(refusal?.reason ?? 'admitted');
      return refusal;
    },
    sent: (to, atMs) => count(to, atMs, { sent: 1 }),
    confirmed: (to, atMs) => count(to, atMs, { confirmed: 1 }),
    judge: async () => {
      const drained = tally.drain();
      if (drained.length > 0)
        await inSingleStatements(db, (one) => addCodes(one, drained)).catch((error: unknown) => {
          tally.restore(drained);
          throw error;
        });
      await stop(ports);
    },
    forget: () => forgetOldSpending(db, clock.nowMs()),
  };
}

async function admit(
  ports: SpendingPorts,
  quote: (e164: string) => Quote,
  to: string,
): Promise<Refusal | undefined> {
  const { db, clock, settings } = ports;
  // Again, and not only where it was typed in: the number may be imported, or older than the list of countries.
  if ('reason' in parsePhone(to, settings.countries)) return { reason: 'number' };
  const quoted = quote(to);
  const nowMs = clock.nowMs();
  const decision = await inSingleStatements(db, (one) => pay(one, quoted, nowMs));
  if (!decision.admitted) {
    const untilMs = decision.reason === 'stopped' ? decision.until.getTime() : hourOf(nowMs) + HOUR_MS;
    const retryAfterSeconds = Math.max(1, Math.ceil((untilMs - nowMs) / SECOND_MS));
    return { reason: decision.reason, retryAfterSeconds };
  }
  await warnNearlySpent(ports, quoted, decision);
}

/** Of all that pay, exactly one steps over the mark. */
async function warnNearlySpent(
  ports: SpendingPorts,
  { price, prefix, budget, prefixBudget }: Quote,
  now: { spent: number; spentOnPrefix: number },
): Promise<void> {
  const { currency } = ports.settings;
  const check = async (spent: number, of: number, whose: string | null) => {
    const isOver = spent >= NEARLY * of && spent - price < NEARLY * of;
    if (!isOver) return;
    const alert = {
      kind: 'budget-nearly-spent',
      prefix: whose,
      spent: formatAmount(spent, currency),
      budget: formatAmount(of, currency),
    } as const;
    ports.log.error({ ...alert }, 'SMS: the budget of this hour is nearly spent');
    await inTransaction(ports.db, (tx) => ports.alert(tx, alert));
  };
  await check(now.spentOnPrefix, prefixBudget, prefix);
  await check(now.spent, budget, null);
}

async function stop(ports: SpendingPorts): Promise<void> {
  const stopped = await inTransaction(ports.db, async (tx) => {
    const found = await stopBarren(tx, ports.clock.nowMs());
    for (const one of found) await ports.alert(tx, alertOf(one));
    return found;
  });
  for (const one of stopped)
    ports.log.error(alertOf(one), 'SMS: a prefix was stopped, hardly any code came back');
}

const alertOf = ({ prefix, sent, confirmed, until }: StoppedPrefix) =>
  ({ kind: 'prefix-stopped', prefix, sent, confirmed, until }) as const;
