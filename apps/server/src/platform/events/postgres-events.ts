import pg from 'pg';
import type { DatabaseAddress } from '../database/database.ts';
import { newSecret } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { type Events, type Waiters, waitersHere } from './events.ts';

/** Events that reach every node of the installation until they are closed. */
export interface RunningEvents extends Events {
  close(): Promise<void>;
}

const CHANNEL = 'sigillo_wake';
/** As administrators see the connection in pg_stat_activity. */
const CONNECTION_NAME = 'sigillo wake-ups';
const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** Wake-ups of so many milliseconds travel together: a notification costs the database a commit. */
const GATHER_MS = 20;
/** PostgreSQL takes fewer than 8,000 bytes in one notification. */
const MOST_BYTES = 7_500;

/**
 * Wakes the other nodes by LISTEN and NOTIFY on a connection of its own: a NOTIFY inside the transactions that
 * change something would make all their commits wait for one another. While the connection is broken, wake-ups
 * reach this node alone; when it is back everybody here is woken, since something may have been missed.
 */
export function startEvents({ address, log }: { address: DatabaseAddress; log: Log }): RunningEvents {
  const here = waitersHere();
  const node = newSecret(9).toString('base64url');
  const outgoing = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const link = keepListening({
    address,
    log,
    onText: (text) => wakeHere(here, node, text),
    onBack: here.wakeAll,
  });
  const send = () => {
    timer = undefined;
    const texts = inTexts(node, [...outgoing]);
    outgoing.clear();
    for (const text of texts) link.notify(text);
  };
  return {
    wait: here.wait,
    wake(topic) {
      here.wake(topic);
      outgoing.add(topic);
      timer ??= setTimeout(send, GATHER_MS);
    },
    async close() {
      clearTimeout(timer);
      await link.close();
    },
  };
}

/** `node` and topics, a line each; the node that sent them has woken its own already. */
function wakeHere(here: Waiters, node: string, text: string): void {
  const [sender, ...topics] = text.split('\n');
  if (sender === node) return;
  for (const topic of topics) here.wake(topic);
}

/** As few texts as hold all topics. */
function inTexts(node: string, topics: string[]): string[] {
  const texts: string[] = [];
  let text = node;
  for (const topic of topics) {
    if (Buffer.byteLength(text) + Buffer.byteLength(topic) >= MOST_BYTES) {
      texts.push(text);
      text = node;
    }
    text += `\n${topic}`;
  }
  return text === node ? texts : [...texts, text];
}

interface LinkPorts {
  address: DatabaseAddress;
  log: Log;
  onText(text: string): void;
  /** Connected, for the first time or again. */
  onBack(): void;
}

interface Link {
  notify(text: string): void;
  close(): Promise<void>;
}

/** One connection that listens, and is opened again whenever it breaks. */
function keepListening({ address, log, onText, onBack }: LinkPorts): Link {
  let client: pg.Client | undefined;
  let isClosing = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;

  const again = (lost: pg.Client) => {
    if (client === lost) client = undefined;
    if (isClosing || timer) return;
    timer = setTimeout(open, pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };
  const open = async () => {
    timer = undefined;
    const fresh = new pg.Client({
      ...address,
      application_name: CONNECTION_NAME,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    fresh.on('notification', ({ payload = '' }) => onText(payload));
    fresh.on('end', () => again(fresh));
    fresh.on('error', (err) => {
      if (!isClosing) log.warn({ err }, 'the connection for wake-ups broke');
      again(fresh);
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
    } catch {
      await fresh.end().catch(() => undefined);
      return again(fresh);
    }
    if (isClosing) return fresh.end();
    client = fresh;
    pauseMs = FIRST_PAUSE_MS;
    onBack();
  };
  const opening = open();
  return {
    // Lost when it fails: whoever waits looks by itself in the end.
    notify: (text) => void client?.query('select pg_notify($1, $2)', [CHANNEL, text]).catch(() => undefined),
    async close() {
      isClosing = true;
      clearTimeout(timer);
      await opening;
      await client?.end();
    },
  };
}
