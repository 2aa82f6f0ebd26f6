import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  browser,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { busy } from '../factors/password/password-hashing.problems.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { admitSession } from './admit.ts';
import type { Factor } from './factor.ts';
import { askPassword, level, slug, stepsOn } from './gate.fixture.ts';
import type { Presenter } from './model.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { begin, give, withPassword } = stepsOn(() => t);

const wrong = async (account: TestAccount, me: Presenter) =>
  slug(give(await begin(account, me, level(1)), askPassword(account), 'not the password', me));
const right = async (account: TestAccount, me: Presenter) =>
  slug(give(await begin(account, me, level(1)), askPassword(account), account.password, me));

test('[PW-6] five in a row pause sign-ins for 15 minutes, then 30, then an hour; a success forgets', async () => {
  const account = await testAccount(t);
  const attacker = browser();
  for (const minutes of [15, 30, 60, 60]) {
    for (let tried = 0; tried < 5; tried++) expect(await wrong(account, attacker)).toBe('code-rejected');
    expect(await right(account, attacker)).toBe('too-many-tries');
    t.clock.advance(minutes * 60 * SECOND_MS - 1000);
    expect(await right(account, attacker)).toBe('too-many-tries');
    t.clock.advance(1000);
  }
  expect(await right(account, attacker)).toBe('fulfilled');
  for (let tried = 0; tried < 4; tried++) expect(await wrong(account, attacker)).toBe('code-rejected');
  expect(await right(account, attacker)).toBe('fulfilled');
});

test('[PW-6] a hundred in a row close the password until recovery; the owner’s recognised browser still enters', async () => {
  const account = await testAccount(t);
  const owner = browser();
  const scene = await withPassword(account, owner, level(1));
  const { recognisedSecret } = await admitSession(t.gate, scene, owner);
  const recognisedHash = createHash('sha256').update(Buffer.from(recognisedSecret, 'base64url')).digest();
  const attacker = browser();
  for (let tried = 0; tried < 100; tried++) {
    if (tried % 5 === 0) t.clock.advance(61 * 60 * SECOND_MS);
    expect(await wrong(account, attacker)).toBe('code-rejected');
  }
  t.clock.advance(24 * 60 * 60 * SECOND_MS);
  expect(await right(account, attacker)).toBe('method-disabled');
  expect(await right(account, browser())).toBe('method-disabled');
  expect(await right(account, browser({ recognisedHash }))).toBe('fulfilled');
  expect(await right(account, browser({ recognisedHash: Buffer.alloc(32) }))).toBe('method-disabled');
});

test('[PW-6] tries are counted before judging: of 16 wrong ones at once, five are judged', async () => {
  const account = await testAccount(t);
  const attacker = browser();
  const results = await Promise.all(Array.from({ length: 16 }, () => wrong(account, attacker)));
  expect(results.filter((one) => one === 'code-rejected')).toHaveLength(5);
  expect(results.filter((one) => one === 'too-many-tries')).toHaveLength(11);
});

test('[PW-4] a try that nobody had time to judge is none: it does not count towards a lock', async () => {
  const account = await testAccount(t);
  const me = browser();
  const busyFactor: Factor = {
    ...(t.gate.factors.get('password') as Factor),
    judge: () => Promise.reject(busy({ retryAfterSeconds: 2 })),
  };
  const gate: Gate = { ...t.gate, factors: new Map([...t.gate.factors, ['password', busyFactor]]) };
  const scene = await begin(account, me, level(1));
  const response = { code: account.password };
  const proof = { scene, ask: askPassword(account), challengeId: null, response, presenter: me };
  for (let tried = 0; tried < 4; tried++) expect(await wrong(account, me)).toBe('code-rejected');
  for (let tried = 0; tried < 20; tried++) expect(await slug(prove(gate, proof))).toBe('busy');
  expect(await wrong(account, me)).toBe('code-rejected');
  expect(await right(account, me)).toBe('too-many-tries');
});

test('[AVL-2] a crash between counting and judging leaves a failed try and nothing else', async () => {
  const account = await testAccount(t);
  const me = browser();
  const crashing: Factor = {
    ...(t.gate.factors.get('password') as Factor),
    judge: () => Promise.reject(new Error('killed')),
  };
  const gate: Gate = { ...t.gate, factors: new Map([...t.gate.factors, ['password', crashing]]) };
  const scene = await begin(account, me, level(1));
  const proof = {
    scene,
    ask: askPassword(account),
    challengeId: null,
    response: { code: account.password },
    presenter: me,
  };
  for (let tried = 0; tried < 5; tried++) await expect(prove(gate, proof)).rejects.toThrow('killed');
  expect(await right(account, me)).toBe('too-many-tries');
  const evidence = await t.platform.db
    .selectFrom('evidence')
    .selectAll()
    .where('prover_id', '=', account.id)
    .execute();
  expect(evidence).toEqual([]);
});
