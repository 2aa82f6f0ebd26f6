import { randomInt } from 'node:crypto';
import { type Clock, SECOND_MS } from '../../platform/clock/clock.ts';
import { type Outgoing, RequestRefused } from '../../platform/http/outgoing-request.ts';
import { queueWorker } from '../../platform/jobs/queue-worker.ts';
import type { Log } from '../../platform/log/log.ts';
import { logoutPauseMs } from './logout-plan.ts';
import type { LogoutNotice, LogoutStore } from './logout-ports.ts';
import type { LogoutCall } from './logout-token.ts';

export interface BackChannelPorts {
  notices: LogoutStore;
  clock: Clock;
  log: Log;
  outgoing: Outgoing;
  /** What a notice says now; undefined when its relying party wants to be told no more. */
  callOf(notice: LogoutNotice): Promise<LogoutCall | undefined>;
}

/** Tells relying parties that sessions ended. `poll` is called every second; the rest goes on by itself. */
export interface BackChannelLogout {
  /** Takes what is due and starts telling; resolves without waiting for it. */
  poll(): Promise<void>;
  /** Takes nothing more and waits for what is being told. */
  close(): Promise<void>;
}

/** Longer than one call may last: what a node that crashed had taken waits for so long. */
const LEASE_MS = 30 * SECOND_MS;
/** Of one node at once. A relying party that hangs holds up none of the others. */
const MOST_PARTIES = 8;
const MOST_PER_PARTY = 8;

/**
 * Delivers what sessions left behind when they ended (OpenID Connect Back-Channel Logout 1.0 §2.5): at least once,
 * by any number of nodes, tried again with growing pauses, and given up in the end.
 */
export function backChannelLogout(ports: BackChannelPorts): BackChannelLogout {
  const { notices, clock, log } = ports;
  const telling = new Map<string, number>();
  const worker = queueWorker(take, (err) =>
    log.error({ err }, 'a back-channel logout could not be recorded'),
  );

  async function take(): Promise<void> {
    const parties = MOST_PARTIES - telling.size;
    if (parties === 0) return;
    const now = clock.now();
    const leasedUntil = new Date(now.getTime() + LEASE_MS);
    const busy = [...telling.keys()];
    const leased = await notices.lease({ now, leasedUntil, parties, perParty: MOST_PER_PARTY, busy });
    for (const notice of leased) start(notice);
  }

  function start(notice: LogoutNotice): void {
    const { clientId } = notice;
    telling.set(clientId, (telling.get(clientId) ?? 0) + 1);
    worker.start(
      () => tell(notice, ports),
      () => {
        const left = (telling.get(clientId) ?? 1) - 1;
        if (left > 0) telling.set(clientId, left);
        else telling.delete(clientId);
        return left === 0;
      },
    );
  }
  return { poll: worker.fill, close: worker.close };
}

async function tell(notice: LogoutNotice, ports: BackChannelPorts): Promise<void> {
  const { notices, log } = ports;
  const { clientId } = notice;
  try {
    const call = await ports.callOf(notice);
    if (call) await post(call, ports.outgoing);
  } catch (error) {
    return failed(notice, reasonOf(error), ports);
  }
  await notices.done(notice);
  log.info({ clientId, session: notice.sessionId }, 'told by back channel that a session ended');
}

/** The relying party answered, and not that it did what it was told. */
class NotDone extends Error {}

async function post({ url, token }: LogoutCall, outgoing: Outgoing): Promise<void> {
  const body = Buffer.from(new URLSearchParams({ logout_token: token }).toString());
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': `${body.length}` };
  // The request ends by itself after five seconds.
  const { status } = await outgoing({ url, method: 'POST', headers, body }, new AbortController().signal);
  if (status !== 200 && status !== 204) throw new NotDone(`answered ${status}`);
}

async function failed(
  notice: LogoutNotice,
  reason: string,
  { notices, clock, log }: BackChannelPorts,
): Promise<void> {
  const { clientId, sessionId: session } = notice;
  const failures = notice.attempts + 1;
  const pauseMs = logoutPauseMs(failures, randomInt(1_000) / 1_000);
  if (pauseMs === undefined) {
    await notices.giveUp(notice, reason, clock.now());
    log.error({ clientId, session, reason, failures }, 'back-channel logout given up');
    return;
  }
  await notices.retry(notice, new Date(clock.nowMs() + pauseMs));
  log.warn({ clientId, session, reason, failures }, 'back-channel logout failed, will be tried again');
}

/** Only what is known to say nothing that a relying party wrote: other errors are told by their name. */
function reasonOf(error: unknown): string {
  if (error instanceof NotDone || error instanceof RequestRefused) return error.message;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : String(name ?? 'unknown');
}
