import { randomBytes } from 'node:crypto';
import type { PendingSignIn, Person } from './open-id-connect.ts';

const MINUTE_MS = 60_000;
/** How long a browser may take to come back from a sign-in. */
const ANONYMOUS_MS = 10 * MINUTE_MS;
const IDLE_MS = 30 * MINUTE_MS;
const LONGEST_MS = 8 * 60 * MINUTE_MS;
const MOST_SESSIONS = 10_000;
/** Tabs of one browser that may be signing in at the same time. */
const MOST_PENDING = 8;

/** What the portal remembers about one browser. The cookie holds the id and nothing else. */
export interface Session {
  id: string;
  readonly startedMs: number;
  seenMs: number;
  /** Sign-ins under way, by their `state`. */
  readonly pending: Map<string, PendingSignIn>;
  person?: Person;
  /** The one refresh under way, which every request of this browser waits for. */
  refreshing?: Promise<Person> | undefined;
}

export interface Sessions {
  /** A new session for a browser that has none. */
  open(): Session;
  /** The session with this id, unless it has ended or expired. */
  find(id: string | undefined): Session | undefined;
  /** A new id for the same session: whoever knew the one from before the sign-in is left outside. */
  renew(session: Session): void;
  end(session: Session): void;
}

/** Sessions in memory: they end when the portal stops. When there are too many, the oldest makes room. */
export function sessionsInMemory(nowMs: () => number = Date.now): Sessions {
  const byId = new Map<string, Session>();
  const add = (session: Session) => {
    byId.set(session.id, session);
    for (const oldest of byId.keys()) {
      if (byId.size <= MOST_SESSIONS) return;
      byId.delete(oldest);
    }
  };

  return {
    open() {
      const session = { id: newId(), startedMs: nowMs(), seenMs: nowMs(), pending: new Map() };
      add(session);
      return session;
    },
    find(id) {
      const session = byId.get(id ?? '');
      if (!session) return undefined;
      if (hasExpired(session, nowMs())) {
        byId.delete(session.id);
        return undefined;
      }
      session.seenMs = nowMs();
      return session;
    },
    renew(session) {
      // Ended in another tab meanwhile: it stays ended.
      if (!byId.delete(session.id)) return;
      session.id = newId();
      add(session);
    },
    end(session) {
      byId.delete(session.id);
    },
  };
}

/** Keeps a sign-in until the browser returns with its `state`; the oldest of too many is forgotten. */
export function keepPending(session: Session, pending: PendingSignIn): void {
  session.pending.set(pending.state, pending);
  for (const oldest of session.pending.keys()) {
    if (session.pending.size <= MOST_PENDING) return;
    session.pending.delete(oldest);
  }
}

/** The sign-in this `state` belongs to, once: a response that comes twice finds nothing. */
export function takePending(session: Session | undefined, state: string | null): PendingSignIn | undefined {
  const pending = session?.pending.get(state ?? '');
  if (pending) session?.pending.delete(pending.state);
  return pending;
}

function hasExpired(session: Session, nowMs: number): boolean {
  const idleMs = session.person ? IDLE_MS : ANONYMOUS_MS;
  return nowMs - session.seenMs >= idleMs || nowMs - session.startedMs >= LONGEST_MS;
}

function newId(): string {
  return randomBytes(32).toString('base64url');
}
