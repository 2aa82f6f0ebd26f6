import type { Tx } from '../platform/database/database.ts';
import type { Identities } from './identities.ports.ts';

/**
 * What becomes of something that an account proves with. Delivered is when its secret was given to its holder, or made
 * by the holder; replaced, when another secret took the place of the one before.
 */
export type CredentialEvent =
  | 'created'
  | 'delivered'
  | 'activated'
  | 'suspended'
  | 'restored'
  | 'replaced'
  | 'revoked';

interface Noted {
  credentialId: string;
  method: string;
  event: CredentialEvent;
  at: Date;
}

/** What is kept of everything that accounts prove with, or did. */
export interface CredentialRecord {
  note(tx: Tx, accountId: string, noted: Noted): Promise<void>;
  /** Everything that was noted of an account, the oldest first. */
  noted(tx: Tx, accountId: string): Promise<Noted[]>;
  /** What an account has or had; also what came to be in one piece with it, of which nothing was noted then. */
  held(tx: Tx, accountId: string): Promise<Held[]>;
}

interface Held {
  id: string;
  method: string;
  state: 'pending' | 'active' | 'removed';
  createdAt: Date;
}

/** The life of one of them [SPID-CRD-8]. */
export interface CredentialLife {
  id: string;
  method: string;
  holder: string;
  state: 'pending' | 'active' | 'suspended' | 'revoked';
  /** The oldest first. */
  events: { event: CredentialEvent; at: Date }[];
}

export interface CredentialLifePorts {
  credentials: CredentialRecord;
  identities: Pick<Identities, 'ofAccount' | 'life'>;
}

/** The life of everything that an account proves with or did, the oldest first; while its identity rests, so do they. */
export async function credentialLife(
  { credentials, identities }: CredentialLifePorts,
  tx: Tx,
  accountId: string,
): Promise<CredentialLife[]> {
  const [noted, held, all] = await Promise.all([
    credentials.noted(tx, accountId),
    credentials.held(tx, accountId),
    identities.ofAccount(tx, accountId),
  ]);
  const rests: Happening[] = [];
  for (const { id } of all) {
    for (const { from, to, at } of await identities.life(tx, accountId, id)) {
      if (from === 'active' && to === 'suspended') rests.push({ event: 'suspended', at });
      if (from === 'suspended' && to === 'active') rests.push({ event: 'restored', at });
    }
  }
  const born = new Set(noted.flatMap(({ credentialId, event }) => (event === 'created' ? credentialId : [])));
  const before = held.filter(({ id }) => !born.has(id)).flatMap(asNoted);
  const lives = livesOf([...before, ...noted], rests, accountId);
  // A restored backup takes away again what was taken away since.
  const gone = new Set(held.flatMap(({ id, state }) => (state === 'removed' ? id : [])));
  return lives.map((life) => (gone.has(life.id) ? { ...life, state: 'revoked' } : life));
}

type Happening = CredentialLife['events'][number];

/** What came to be in one piece with its account, by an import for instance. */
function asNoted({ id, method, state, createdAt: at }: Held): Noted[] {
  const events: CredentialEvent[] = ['created', 'delivered'];
  if (state !== 'pending') events.push('activated');
  return events.map((event) => ({ credentialId: id, method, event, at }));
}

function livesOf(noted: readonly Noted[], rests: readonly Happening[], holder: string): CredentialLife[] {
  const ids = [...new Set(noted.map(({ credentialId }) => credentialId))];
  const lives = ids.map((id) => {
    const own = noted.filter(({ credentialId }) => credentialId === id);
    const [first] = own;
    const events = withRests(own, rests);
    return { id, method: first?.method ?? '', holder, state: stateAfter(events), events };
  });
  return lives.sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = ({ events }: CredentialLife): number => events[0]?.at.getTime() ?? 0;

/** Rests count from when it was activated until it is revoked. */
function withRests(own: readonly Noted[], rests: readonly Happening[]): Happening[] {
  const timesOf = (wanted: CredentialEvent) => own.find(({ event }) => event === wanted)?.at.getTime();
  const from = timesOf('activated') ?? Number.POSITIVE_INFINITY;
  const until = timesOf('revoked') ?? Number.POSITIVE_INFINITY;
  const during = rests.filter(({ at }) => at.getTime() >= from && at.getTime() < until);
  // An app that was locked is removed later on: it was over before.
  const lasting = own.filter(({ event, at }) => event !== 'revoked' || at.getTime() === until);
  const all = [...lasting.map(({ event, at }) => ({ event, at })), ...during];
  return all.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function stateAfter(events: readonly Happening[]): CredentialLife['state'] {
  const names = events.map(({ event }) => event);
  if (names.includes('revoked')) return 'revoked';
  if (!names.includes('activated')) return 'pending';
  return names.lastIndexOf('suspended') > names.lastIndexOf('restored') ? 'suspended' : 'active';
}
