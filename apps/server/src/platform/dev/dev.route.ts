import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { Profile } from '../config/setting.ts';
import type { Db } from '../database/database.ts';
import type { Events } from '../events/events.ts';
import type { App } from '../http/app.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { RunningLimits } from '../limits/limits.ts';
import type { Log } from '../log/log.ts';
import { StartRefused } from '../start-refused.ts';
import {
  advanceClock,
  createDevSettings,
  readDevSettings,
  resetClock,
  setLimitsLifted,
} from './dev-settings.store.ts';

/** What the hooks reach for. */
export interface DevDeps {
  profile: Profile;
  db: Db;
  clock: Clock;
  jobs: Jobs;
  events: Events;
  log: Log;
  limits: Pick<RunningLimits, 'lift' | 'forget'>;
  /** Of `clock/shift-date.ts`, handed in: importing it replaces `Date`. */
  setClockOffset(ms: number): void;
}

/** Topic of the wake-up by which the other nodes follow. */
const CHANGED = 'development-settings';
const FOLLOW_MS = 1_000;
/** Many times what a wake-up and a query take: when a hook answers, every node has followed. */
const FOLLOWED_MS = 450;
const TEN_YEARS_SECONDS = 10 * 366 * 24 * 60 * 60;

const clockSchema = z.union([
  z.strictObject({ advanceSeconds: z.int().min(1).max(TEN_YEARS_SECONDS) }),
  z.strictObject({ reset: z.literal(true) }),
]);
const limitsSchema = z.strictObject({ lift: z.boolean() });

/**
 * `POST /dev/clock` moves the clock of every node, or puts it right and forgets what limits counted, `POST /dev/limits`
 * suspends limits on every node (attempt counting never). Both are kept in the database, so a node started later
 * follows too.
 *
 * @throws StartRefused in production
 */
export async function devRoutes(app: App, deps: DevDeps): Promise<void> {
  const { db, clock, jobs, limits, events, log } = deps;
  if (deps.profile === 'production') throw new StartRefused('Production has no development hooks.');
  await createDevSettings(db);
  const follow = () => followSettings(deps);
  await follow();
  jobs.every('follow-development-settings', FOLLOW_MS, follow);
  events.wait(CHANGED, () => {
    follow().catch((err) => log.warn({ err }, 'development settings could not be read'));
  });
  const changed = async () => {
    await follow();
    events.wake(CHANGED);
    await sleep(FOLLOWED_MS);
  };

  app.post('/dev/clock', { schema: { hide: true, body: clockSchema } }, async ({ body }) => {
    await ('reset' in body ? resetClock(db) : advanceClock(db, body.advanceSeconds * 1_000));
    await changed();
    // Counts of a time that is yet to come would last until then.
    if ('reset' in body) await limits.forget();
    const { clockOffsetMs } = await readDevSettings(db);
    return { now: clock.now().toISOString(), offsetSeconds: clockOffsetMs / 1_000 };
  });

  app.post('/dev/limits', { schema: { hide: true, body: limitsSchema } }, async ({ body }) => {
    await setLimitsLifted(db, body.lift);
    await changed();
    return { lifted: body.lift };
  });
}

async function followSettings({ db, limits, setClockOffset }: DevDeps): Promise<void> {
  const { clockOffsetMs, areLimitsLifted } = await readDevSettings(db);
  setClockOffset(clockOffsetMs);
  limits.lift(areLimitsLifted);
}
