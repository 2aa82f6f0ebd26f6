/** The server and the app as they are, their storage simulated, with a crash at every point between two steps. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ApprovalKey,
  type Bytes,
  confirmUnlock,
  type DeviceKeys,
  dropGeneration,
  highestGeneration,
  NEW_RATCHET,
  newApprovalKey,
  newDeviceKeys,
  newShareKey,
  type Ratchet,
  type SealedApprovalKey,
  sealApprovalKey,
  serverShare,
  tryUnlock,
  UNLOCK_LIMITS,
  type UnlockAnswer,
  type UnlockSecret,
  type UnlockTry,
  unlock,
  unlockInput,
} from './index.ts';

const RIGHT = { code: '739164' };
const WRONG = { code: '739165' };

/** Where the app may stop, in the order of the steps. */
const CRASHES = ['answer lost', 'before storing', 'confirmation lost', 'before dropping', 'never'] as const;
type Crash = (typeof CRASHES)[number];

interface Server {
  ratchet: Ratchet;
  shareKey: Bytes;
  nextShareKey: Bytes;
}
interface App {
  stored: readonly SealedApprovalKey[];
}
type Outcome = UnlockTry['outcome'] | 'wrong-code' | 'no-such-generation' | 'crashed' | 'unlocked';

let keys: DeviceKeys;
let approvalKey: ApprovalKey;

beforeAll(async () => {
  keys = await newDeviceKeys();
  approvalKey = await newApprovalKey(keys);
});

async function shares({ ratchet, shareKey, nextShareKey }: Server, x: Bytes): Promise<UnlockAnswer> {
  const [share, nextShare] = await Promise.all([serverShare(shareKey, x), serverShare(nextShareKey, x)]);
  return { generation: ratchet.generation, share, nextShare };
}

function confirm(server: Server, generation: number): void {
  const ratchet = confirmUnlock(server.ratchet, generation);
  if (ratchet) Object.assign(server, { ratchet, shareKey: server.nextShareKey, nextShareKey: newShareKey() });
}

/** A device that was just paired and given its code. */
async function pair(): Promise<{ server: Server; app: App }> {
  const server = { ratchet: NEW_RATCHET, shareKey: newShareKey(), nextShareKey: newShareKey() };
  const granted = tryUnlock(server.ratchet, 0);
  if (granted.outcome === 'granted') server.ratchet = granted.ratchet;
  const answer = await shares(server, await unlockInput(keys, RIGHT));
  const stored = await sealApprovalKey(keys, RIGHT, approvalKey, answer);
  confirm(server, 0);
  return { server, app: { stored: dropGeneration(stored, 0) } };
}

/** One unlock, as far as it gets. @param claim the generation the app says it is at */
async function attempt(
  server: Server,
  app: App,
  secret: UnlockSecret,
  crash: Crash = 'never',
  claim = highestGeneration(app.stored),
): Promise<Outcome> {
  const judged = tryUnlock(server.ratchet, claim);
  if (judged.outcome !== 'granted') return judged.outcome;
  server.ratchet = judged.ratchet;
  const answer = await shares(server, await unlockInput(keys, secret));
  if (crash === 'answer lost') return 'crashed';

  const opened = await unlock(keys, secret, app.stored, answer);
  if (!opened.unlocked) return opened.reason;
  if (crash === 'before storing') return 'crashed';
  app.stored = opened.store;
  if (crash === 'confirmation lost') return 'crashed';
  confirm(server, answer.generation);
  if (crash === 'before dropping') return 'crashed';
  app.stored = dropGeneration(app.stored, answer.generation);
  return 'unlocked';
}

/** Whether what is stored opens by the right code and what the server holds now. */
async function opens(server: Server, app: App): Promise<boolean> {
  const answer = await shares(server, await unlockInput(keys, RIGHT));
  return (await unlock(keys, RIGHT, app.stored, answer)).unlocked;
}

const attempts = (maxLength: number) =>
  fc.array(fc.record({ secret: fc.constantFrom(RIGHT, RIGHT, WRONG), crash: fc.constantFrom(...CRASHES) }), {
    maxLength,
  });

test('[PUSH-5] wherever an unlock stops, what is stored opens with the right code and the server’s share', async () => {
  await fc.assert(
    fc.asyncProperty(attempts(12), async (steps) => {
      const { server, app } = await pair();
      for (const { secret, crash } of steps) {
        const outcome = await attempt(server, app, secret, crash);
        if (outcome === 'exhausted') return;
        expect(['crashed', 'unlocked', 'wrong-code']).toContain(outcome);
        expect(outcome === 'unlocked').toBe(secret === RIGHT && crash === 'never');
        expect(await opens(server, app)).toBe(true);
        expect(app.stored.length).toBeLessThanOrEqual(2);
      }
    }),
    { numRuns: 60 },
  );
});

test('every crash point alone, twice over, is survived', async () => {
  for (const first of CRASHES) {
    for (const second of CRASHES) {
      const { server, app } = await pair();
      await attempt(server, app, RIGHT, first);
      await attempt(server, app, RIGHT, second);
      expect(await attempt(server, app, RIGHT)).toBe('unlocked');
      expect(server.ratchet.failures).toBe(0);
    }
  }
});

describe('a copied profile', () => {
  test('[PUSH-5] is recognised once the original has moved on, and the other way round', async () => {
    const { server, app } = await pair();
    const copy = { stored: app.stored };
    await attempt(server, app, RIGHT);
    expect(await attempt(server, copy, RIGHT)).toBe('clone');

    const other = await pair();
    const thief = { stored: other.app.stored };
    await attempt(other.server, thief, RIGHT);
    expect(await attempt(other.server, other.app, RIGHT)).toBe('clone');
  });

  test('is recognised after two unlocks at the latest, whenever it was taken', async () => {
    await fc.assert(
      fc.asyncProperty(attempts(5), async (before) => {
        const { server, app } = await pair();
        for (const { secret, crash } of before) await attempt(server, app, secret, crash);
        const copy = { stored: app.stored };
        expect(await attempt(server, app, RIGHT)).toBe('unlocked');
        expect(await attempt(server, app, RIGHT)).toBe('unlocked');
        expect(await attempt(server, copy, RIGHT)).toBe('clone');
        expect(await opens(server, copy)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test('that lies about its generation gets shares that open nothing', async () => {
    const { server, app } = await pair();
    const copy = { stored: app.stored };
    await attempt(server, app, RIGHT);
    const { generation } = server.ratchet;
    expect(await attempt(server, copy, RIGHT, 'never', generation)).toBe('no-such-generation');
    const relabelled = { stored: copy.stored.map(({ blob }) => ({ generation, blob })) };
    expect(await attempt(server, relabelled, RIGHT)).toBe('wrong-code');
  });
});

test('[PUSH-5] after ten wrong codes in a row the right one fails too', async () => {
  const { server, app } = await pair();
  for (let i = 0; i < 10; i += 1) expect(await attempt(server, app, WRONG)).toBe('wrong-code');
  expect(await attempt(server, app, RIGHT)).toBe('exhausted');
});

test('[PUSH-5] the tenth try may still be the right one, and then the row begins anew', async () => {
  const { server, app } = await pair();
  for (let i = 0; i < 9; i += 1) await attempt(server, app, WRONG);
  expect(await attempt(server, app, RIGHT)).toBe('unlocked');
  expect(server.ratchet).toMatchObject({ failures: 0, lifetimeFailures: 9 });
  expect(await attempt(server, app, WRONG)).toBe('wrong-code');
});

test('right codes between them do not give a thief more than fifty wrong ones', () => {
  let ratchet = NEW_RATCHET;
  let wrong = 0;
  for (let i = 0; i < 1000; i += 1) {
    for (let guesses = 0; guesses < 9; guesses += 1) {
      const judged = tryUnlock(ratchet, ratchet.generation);
      if (judged.outcome !== 'granted') continue;
      ratchet = judged.ratchet;
      wrong += 1;
    }
    const judged = tryUnlock(ratchet, ratchet.generation);
    if (judged.outcome === 'granted') ratchet = confirmUnlock(judged.ratchet, ratchet.generation) ?? ratchet;
  }
  expect(wrong).toBe(UNLOCK_LIMITS.forLife);
});

test('right codes cost nothing, however many', () => {
  let ratchet = NEW_RATCHET;
  for (let i = 0; i < 200; i += 1) {
    const judged = tryUnlock(ratchet, ratchet.generation);
    ratchet = judged.outcome === 'granted' ? (confirmUnlock(judged.ratchet, i) ?? ratchet) : ratchet;
  }
  expect(ratchet).toEqual({ generation: 200, failures: 0, lifetimeFailures: 0 });
});

test('a confirmation counts once, for its generation, after a try', () => {
  const granted = tryUnlock(NEW_RATCHET, 0);
  if (granted.outcome !== 'granted') throw new Error(granted.outcome);
  const moved = confirmUnlock(granted.ratchet, 0);
  expect(moved).toEqual({ generation: 1, failures: 0, lifetimeFailures: 0 });
  expect(confirmUnlock(moved as Ratchet, 0)).toBeUndefined();
  expect(confirmUnlock(moved as Ratchet, 1)).toBeUndefined();
  expect(confirmUnlock(granted.ratchet, 1)).toBeUndefined();
});

test('a device further on than the server ever was has to be paired again', () => {
  expect(tryUnlock({ ...NEW_RATCHET, generation: 4 }, 6)).toEqual({ outcome: 'unknown-generation' });
  expect(tryUnlock({ ...NEW_RATCHET, generation: 4 }, 5)).toMatchObject({ outcome: 'granted' });
});
