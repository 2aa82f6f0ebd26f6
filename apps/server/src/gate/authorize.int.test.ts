import { afterAll, beforeAll, expect, test } from 'vitest';
import { browser, type TestGate, testAccount, testGate } from '../../../../tests/setup/gate.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { admitSession, raiseSession } from './admit.ts';
import { authorize } from './authorize.ts';
import { askPassword, askTotp, level, stepsOn } from './gate.fixture.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { liveness } from './sessions.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const { begin, give, nextStep, signedIn, totpOf, withPassword } = stepsOn(() => t);

test('[SES-4] a sensitive operation needs something proven in the last five minutes, else nothing runs', async () => {
  const account = await testAccount(t, { totp: true });
  const me = browser();
  nextStep();
  const scene = await give(await withPassword(account, me), askTotp(account), await totpOf(account), me);
  const { session } = await admitSession(t.gate, scene, me);
  const operation = { type: 'session-ended' as const, details: {} };
  let runs = 0;
  const run = async () => ++runs;
  t.clock.advance(300 * SECOND_MS);
  expect(await authorize(t.gate, session, me, operation, run)).toEqual({ done: true, result: 1 });
  t.clock.advance(1);
  const refusedOne = await authorize(t.gate, session, me, operation, run);
  expect(refusedOne).toMatchObject({ done: false });
  expect(runs).toBe(1);
  if (refusedOne.done) throw new Error('unreachable');
  nextStep();
  const again = await give(refusedOne.stepUp, askTotp(account), await totpOf(account), me);
  const raised = await raiseSession(t.gate, again, session, me);
  expect(await authorize(t.gate, raised.session, me, operation, run)).toEqual({ done: true, result: 2 });
});

test('[AUD-1] when the audit cannot be written, nothing is done', async () => {
  const account = await testAccount(t);
  const me = browser();
  const { session } = await signedIn(account, me);
  const gate: Gate = { ...t.gate, audit: () => Promise.reject(new Error('audit is blocked')) };
  const end = authorize(gate, session, me, { type: 'session-ended', details: {} }, (tx) =>
    gate.sessions.end(tx, session, t.clock.now()),
  );
  await expect(end).rejects.toThrow('audit is blocked');
  const live = await t.gate.transaction((tx) => t.gate.sessions.lockLive(tx, session, liveness(t.gate)));
  expect(live).toBeDefined();
  const scene = await begin(account, me, level(1));
  const proof = {
    scene,
    ask: askPassword(account),
    challengeId: null,
    response: { code: account.password },
    presenter: me,
  };
  await expect(prove(gate, proof)).rejects.toThrow('audit is blocked');
  const evidence = await t.platform.db
    .selectFrom('evidence')
    .selectAll()
    .where('ceremony_id', '=', scene.ceremony.id)
    .execute();
  expect(evidence).toEqual([]);
});
