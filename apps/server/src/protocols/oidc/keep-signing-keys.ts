import { NOBODY } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { KeySet } from './key-set.ts';
import { isOver, nextTurn } from './key-turns.ts';
import type { SigningAlgorithm, SigningKey, SigningKeyStore, SigningKeys } from './ports.ts';
import { makeSigningKey, SIGNING_ALGORITHMS } from './signing-keys.ts';

export interface KeyPorts {
  store: SigningKeyStore;
  now(): Date;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  audit(tx: Tx, event: KeyEvent): Promise<void>;
}

/** What happened to a key; it concerns no account. */
export interface KeyEvent {
  type:
    | 'signing-key-made'
    | 'signing-key-retired'
    | 'signing-key-compromised'
    | 'signing-key-brought-forward';
  accountId: typeof NOBODY;
  actor: 'system' | 'operator';
  at: Date;
  details: { kid: string; alg: string };
}

type Actor = KeyEvent['actor'];

interface NextKey {
  alg: SigningAlgorithm;
  signsFrom: Date;
  follows: string | undefined;
}

/** Learns what other nodes and commands did, does what is due, and learns that too. */
export async function keepKeySet(ports: KeyPorts, keys: KeySet): Promise<void> {
  await keys.refresh();
  if (await keepSigningKeys(ports, keys.all())) await keys.refresh();
}

/**
 * Makes the keys whose turn is next and retires those that nobody needs any more. Any number of nodes may do it
 * at once: one of them makes each key.
 *
 * @returns whether anything was due
 */
async function keepSigningKeys(ports: KeyPorts, { keys, newest }: SigningKeys): Promise<boolean> {
  const now = ports.now();
  let isDue = false;
  for (const alg of SIGNING_ALGORITHMS) {
    const signsFrom = nextTurn(keys, alg, now.getTime());
    if (!signsFrom) continue;
    isDue = true;
    await makeNextKey(ports, { alg, signsFrom, follows: newest[alg] }, 'system');
  }
  for (const key of keys) {
    if (!isOver(key, keys, now.getTime())) continue;
    isDue = true;
    await retireKey(ports, key, 'signing-key-retired', 'system');
  }
  return isDue;
}

/** Makes a key that follows the newest of its algorithm, as the caller knows it; true for the one that did. */
export async function makeNextKey(
  { store, now, transaction, audit }: KeyPorts,
  { alg, signsFrom, follows }: NextKey,
  actor: Actor,
): Promise<boolean> {
  const jwk = await makeSigningKey(alg);
  return transaction(async (tx) => {
    const at = now();
    if (!(await store.add(tx, { kid: jwk.kid, alg, jwk, createdAt: at, signsFrom }, follows ?? null)))
      return false;
    await audit(tx, { ...eventOf({ kid: jwk.kid, alg }, at, actor), type: 'signing-key-made' });
    return true;
  });
}

/** Takes a key out of use and destroys it; true for the one caller that did. */
export function retireKey(
  { store, now, transaction, audit }: KeyPorts,
  key: Pick<SigningKey, 'kid' | 'alg'>,
  type: 'signing-key-retired' | 'signing-key-compromised',
  actor: Actor,
): Promise<boolean> {
  return transaction(async (tx) => {
    const at = now();
    const isCompromised = type === 'signing-key-compromised';
    if (!(await store.retire(tx, key, isCompromised, at))) return false;
    await audit(tx, { ...eventOf(key, at, actor), type });
    return true;
  });
}

export const eventOf = ({ kid, alg }: { kid: string; alg: string }, at: Date, actor: Actor) => ({
  accountId: NOBODY as typeof NOBODY,
  actor,
  at,
  details: { kid, alg },
});
