import { StartRefused } from '../../platform/start-refused.ts';
import { eventOf, type KeyPorts, makeNextKey, retireKey } from './keep-signing-keys.ts';
import { KEY_LIFE, type KeyState, signerOf, stateOf, waitingKey } from './key-turns.ts';
import type { SigningAlgorithm, SigningKey } from './ports.ts';
import { SIGNING_ALGORITHMS } from './signing-keys.ts';

export interface ListedKey extends Pick<SigningKey, 'kid' | 'alg' | 'createdAt' | 'signsFrom'> {
  state: KeyState;
}

/** The keys that are published, in the order of their turns. */
export async function listSigningKeys({ store, now }: KeyPorts): Promise<ListedKey[]> {
  const { keys } = await store.load();
  return keys.map((key) => ({ ...key, state: stateOf(key, keys, now().getTime()) }));
}

/**
 * Lets the next key of every algorithm begin as soon as it has been published for a day; at once, if it has.
 *
 * @returns the keys that sign and those whose turn is next
 */
export async function rotateSigningKeys(ports: KeyPorts): Promise<ListedKey[]> {
  for (const alg of SIGNING_ALGORITHMS) await beginNext(ports, alg, KEY_LIFE.announced, []);
  return (await listSigningKeys(ports)).filter(({ state }) => state !== 'former');
}

/**
 * Takes keys out of use at once, that somebody else may have. The key that waits takes the turn of one that signs:
 * clients know it already. Where none waits, or it is bad too, a new one signs at once.
 *
 * @throws StartRefused when a key is not among those that are published
 */
export async function replaceCompromised(ports: KeyPorts, kids: readonly string[]): Promise<void> {
  const listed = await listSigningKeys(ports);
  const bad = kids.map((kid) => {
    const key = listed.find((one) => one.kid === kid);
    if (!key) throw new StartRefused(`${kid} is not a key in use; sigillo keys list shows them`);
    return key;
  });
  // First another one signs, then the bad one goes: at no moment is there none.
  for (const { alg, state } of bad) if (state === 'signing') await beginNext(ports, alg, 0, kids);
  for (const key of bad) await retireKey(ports, key, 'signing-key-compromised', 'operator');
}

/**
 * Lets the next key of an algorithm begin; one is made if none waits.
 *
 * @param announcedMs for how long it has been published then, in milliseconds
 * @param bad keys that do not count; where there are some, the next one begins only in the place of one of them
 */
async function beginNext(
  ports: KeyPorts,
  alg: SigningAlgorithm,
  announcedMs: number,
  bad: readonly string[],
): Promise<void> {
  const { keys, newest } = await ports.store.load();
  const nowMs = ports.now().getTime();
  const signer = signerOf(keys, alg, nowMs);
  if (bad.length > 0 && signer && !bad.includes(signer.kid)) return;
  const good = keys.filter(({ kid }) => !bad.includes(kid));
  const waiting = waitingKey(good, alg, nowMs);
  if (waiting) {
    // Another computer's clock may be ahead.
    const sinceMs = Math.min(waiting.createdAt.getTime(), nowMs);
    return bringForward(ports, waiting, new Date(Math.max(nowMs, sinceMs + announcedMs)));
  }
  const next = { alg, signsFrom: new Date(nowMs + announcedMs), follows: newest[alg] };
  // A node may have made one at this very moment.
  if (!(await makeNextKey(ports, next, 'operator'))) await beginNext(ports, alg, announcedMs, bad);
}

function bringForward(
  { store, now, transaction, audit }: KeyPorts,
  key: SigningKey,
  signsFrom: Date,
): Promise<void> {
  return transaction(async (tx) => {
    if (!(await store.bringForward(tx, key.kid, signsFrom))) return;
    await audit(tx, { ...eventOf(key, now(), 'operator'), type: 'signing-key-brought-forward' });
  });
}
