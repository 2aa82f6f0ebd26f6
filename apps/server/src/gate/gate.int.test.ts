import { type LevelNeed, METHODS, type Policy } from '@sigillo/assurance';
import { totpAt } from '@sigillo/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  browser,
  load,
  type TestAccount,
  type TestGate,
  testAccount,
  testGate,
} from '../../../../tests/setup/gate.ts';
import { SECOND_MS } from '../platform/clock/clock.ts';
import { Problem } from '../platform/http/problems.ts';
import { admitAssertion, admitCapability, admitSession, raiseSession } from './admit.ts';
import { authorize } from './authorize.ts';
import { beginCeremony, openCeremony } from './begin.ts';
import { challenge } from './challenge.ts';
import { type Factor, refused } from './factor.ts';
import { handleOf } from './handle.ts';
import type { Ask, Presenter, Scene } from './model.ts';
import { approve, carryOut, carryOutUnit, propose } from './operations.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';
import { endEverything, liveness, mayContinue, readSession } from './sessions.ts';

let t: TestGate;
beforeAll(async () => {
  t = await testGate();
});
afterAll(() => t[Symbol.asyncDispose]());

const level = (wanted: 1 | 2 | 3, more: Partial<LevelNeed> = {}): Policy => ({
  needs: [
    { need: 'level', level: wanted, secondFactors: null, smsAlone: true, maxAgeSeconds: null, ...more },
  ],
  bound: false,
});
const nothing = { clientId: null, interaction: null, operationDigest: null };

async function begin(account: TestAccount, presenter: Presenter, policy = level(2)): Promise<Scene> {
  const prover = await load(t, account.id);
  return beginCeremony(t.gate, { prover, purpose: 'sign-in', policy, context: nothing }, presenter);
}

const askPassword = (account: TestAccount): Ask => ({
  slot: 'first',
  method: 'password',
  target: account.passwordId,
});
const askTotp = (account: TestAccount): Ask => ({ slot: 'second', method: 'totp', target: account.totpId });
const askSms = (account: TestAccount): Ask => ({ slot: 'second', method: 'sms-code', target: account.smsId });

const give = (
  scene: Scene,
  ask: Ask,
  code: string,
  presenter: Presenter,
  challengeId: string | null = null,
) => prove(t.gate, { scene, ask, challengeId, response: { code }, presenter });

const withPassword = async (account: TestAccount, presenter: Presenter, policy = level(2)) =>
  give(await begin(account, presenter, policy), askPassword(account), account.password, presenter);

const totpOf = (account: TestAccount) => totpAt(account.seed, t.clock.nowMs());
const nextStep = () => t.clock.advance(30 * SECOND_MS);
const slugOf = (error: unknown) => (error instanceof Problem ? error.slug : error);
const slug = (work: Promise<unknown>) => work.then(() => 'fulfilled', slugOf);

/** The last code sent to a number, read from the sealed outbox. */
async function lastCode(to: string): Promise<string> {
  const rows = await t.platform.db.selectFrom('outbox').selectAll().orderBy('id', 'desc').execute();
  for (const row of rows) {
    const place = (column: string) => ({ table: 'outbox', row: row.id, column });
    const recipient = t.platform.keyring.openText(row.recipient_sealed, place('recipient_sealed'));
    if (recipient !== to || !row.content_sealed) continue;
    const content = JSON.parse(t.platform.keyring.openText(row.content_sealed, place('content_sealed')));
    return content.params.code;
  }
  throw new Error(`nothing was sent to ${to}`);
}

describe('a sign-in', () => {
  test('password, then authenticator code, then a session of level 2 with truthful references', async () => {
    const account = await testAccount(t, { totp: true });
    const me = browser();
    nextStep();
    let scene = await withPassword(account, me);
    scene = await give(scene, askTotp(account), await totpOf(account), me);
    const admitted = await admitSession(t.gate, scene, me);
    expect(await readSession(t.gate, admitted.token)).toMatchObject({ accountId: account.id });
    expect(admitted.session.evidence.map((piece) => piece.method)).toEqual(['password', 'totp']);
  });

  test('[REC-3] every step proves its own predecessor: no code before the password, no session before both', async () => {
    const account = await testAccount(t, { totp: true, sms: true });
    const me = browser();
    nextStep();
    const scene = await begin(account, me);
    expect(await slug(give(scene, askTotp(account), await totpOf(account), me))).toBe('method-unavailable');
    expect(await slug(challenge(t.gate, scene, askSms(account), me))).toBe('method-unavailable');
    expect(await slug(admitSession(t.gate, scene, me))).toBe('proof-missing');
    const half = await give(scene, askPassword(account), account.password, me);
    expect(await slug(admitSession(t.gate, half, me))).toBe('proof-missing');
    expect(await slug(give(half, { ...askTotp(account), slot: 'first' }, await totpOf(account), me))).toBe(
      'method-unavailable',
    );
  });

  test('[SES-1] a ceremony belongs to the browser it began in', async () => {
    const account = await testAccount(t);
    const me = browser();
    const scene = await begin(account, me);
    const handle = handleOf(scene.ceremony);
    expect((await openCeremony(t.gate, handle, me)).ceremony.id).toBe(scene.ceremony.id);
    expect(await slug(openCeremony(t.gate, handle, browser()))).toBe('ceremony-gone');
    expect(await slug(openCeremony(t.gate, 'x'.repeat(43), me))).toBe('ceremony-gone');
  });

  test('[SES-6] a ceremony is over after ten minutes', async () => {
    const account = await testAccount(t);
    const me = browser();
    const scene = await begin(account, me);
    t.clock.advance(600 * SECOND_MS - 1);
    expect(await slug(openCeremony(t.gate, handleOf(scene.ceremony), me))).toBe('fulfilled');
    t.clock.advance(1);
    expect(await slug(openCeremony(t.gate, handleOf(scene.ceremony), me))).toBe('ceremony-gone');
    expect(await slug(give(scene, askPassword(account), account.password, me))).toBe('ceremony-gone');
  });

  test('[AVL-1] of 16 requests that finish one ceremony, one gets a session', async () => {
    const account = await testAccount(t);
    const me = browser();
    const scene = await withPassword(account, me, level(1));
    const results = await Promise.all(
      Array.from({ length: 16 }, () => slug(admitSession(t.gate, scene, me))),
    );
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result === 'ceremony-gone')).toHaveLength(15);
  });
});

describe('one-time codes', () => {
  test('[OTP-2] a code works once, whoever asks, however parallel: 50 at once in 50 ceremonies', async () => {
    const account = await testAccount(t, { totp: true });
    nextStep();
    const code = await totpOf(account);
    const tries = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const me = browser();
        const policy = level(2);
        return { me, scene: await withPasswordEvidence(account, me, policy) };
      }),
    );
    const results = await Promise.all(
      tries.map(({ me, scene }) => slug(give(scene, askTotp(account), code, me))),
    );
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    // Losers are told the code is wrong, or that there were too many wrong ones.
    const rest = new Set(results.filter((result) => result !== 'fulfilled'));
    expect([...rest].every((one) => one === 'code-rejected' || one === 'too-many-tries')).toBe(true);
  });

  test('[OTP-1] one step early or late is accepted, two are refused', async () => {
    for (const [offset, outcome] of [
      [-2, 'code-rejected'],
      [-1, 'fulfilled'],
      [0, 'fulfilled'],
      [1, 'fulfilled'],
      [2, 'code-rejected'],
    ] as const) {
      const account = await testAccount(t, { totp: true });
      const me = browser();
      const scene = await withPassword(account, me);
      const code = await totpAt(account.seed, t.clock.nowMs() + offset * 30 * SECOND_MS);
      expect([offset, await slug(give(scene, askTotp(account), code, me))]).toEqual([offset, outcome]);
    }
  });

  test('[OTP-4] a sent code works for its challenge, its browser and five minutes only; sending again voids it', async () => {
    const account = await testAccount(t, { sms: true });
    const me = browser();
    const scene = await withPassword(account, me);
    const sent = await challenge(t.gate, scene, askSms(account), me);
    const code = await lastCode(account.phone);
    expect(code).toMatch(/^\d{6}$/);

    const stored = await t.platform.db
      .selectFrom('challenge')
      .selectAll()
      .where('id', '=', sent.id)
      .executeTakeFirstOrThrow();
    expect(stored.secret_hash?.includes(code)).toBe(false);

    const other = await withPassword(account, me);
    const moved = await challenge(t.gate, other, askSms(account), me);
    expect(await slug(give(other, askSms(account), code, me, moved.id))).toBe('code-rejected');
    expect(await slug(give(other, askSms(account), code, me, sent.id))).toBe('challenge-over');

    const again = await challenge(t.gate, scene, askSms(account), me);
    expect(await slug(give(scene, askSms(account), code, me, sent.id))).toBe('challenge-over');
    const newCode = await lastCode(account.phone);
    expect(await slug(give(scene, askSms(account), newCode, browser(), again.id))).toBe('code-rejected');
    t.clock.advance(300 * SECOND_MS);
    expect(await slug(give(scene, askSms(account), newCode, me, again.id))).toBe('challenge-over');
  });

  test('[OTP-4] a sent code works once, 16 at a time', async () => {
    const account = await testAccount(t, { sms: true });
    const me = browser();
    const scene = await withPassword(account, me);
    const sent = await challenge(t.gate, scene, askSms(account), me);
    const code = await lastCode(account.phone);
    const results = await Promise.all(
      Array.from({ length: 16 }, () => slug(give(scene, askSms(account), code, me, sent.id))),
    );
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    expect(results.every((one) => one === 'fulfilled' || one === 'challenge-over')).toBe(true);
  });

  test('[OTP-5] five wrong tries end a challenge; a hundred in a row close the channel, however often it is resent', async () => {
    const account = await testAccount(t, { sms: true });
    const me = browser();
    for (let round = 0; round < 20; round++) {
      const scene = await withPasswordEvidence(account, me, level(2));
      const sent = await challenge(t.gate, scene, askSms(account), me);
      const wrong = (await lastCode(account.phone)) === '000000' ? '111111' : '000000';
      for (let tried = 0; tried < 5; tried++)
        expect(await slug(give(scene, askSms(account), wrong, me, sent.id))).toBe('code-rejected');
      const expected = round < 19 ? 'challenge-over' : 'method-disabled';
      expect(await slug(give(scene, askSms(account), await lastCode(account.phone), me, sent.id))).toBe(
        expected,
      );
    }
    const scene = await withPasswordEvidence(account, me, level(2));
    const sent = await challenge(t.gate, scene, askSms(account), me);
    expect(await slug(give(scene, askSms(account), await lastCode(account.phone), me, sent.id))).toBe(
      'method-disabled',
    );
  });
});

describe('wrong passwords', () => {
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
    const { createHash } = await import('node:crypto');
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
});

/** A ceremony whose password was proven in a session a moment ago: saves hashing where it is not the point. */
async function withPasswordEvidence(account: TestAccount, me: Presenter, policy: Policy): Promise<Scene> {
  const prover = await load(t, account.id);
  const carried = {
    slot: 'first',
    method: 'password',
    target: account.passwordId,
    channelId: account.passwordId,
    levelCap: 3 as const,
    provenAtMs: t.clock.nowMs(),
  };
  return beginCeremony(t.gate, { prover, purpose: 'sign-in', policy, context: nothing }, me, [carried]);
}

async function signedIn(account: TestAccount, me: Presenter) {
  const scene = await withPasswordEvidence(account, me, level(1));
  return admitSession(t.gate, scene, me);
}

describe('sessions', () => {
  test('[SES-2] a session ends after 15 idle minutes, and after 12 hours in any case', async () => {
    const idle = await signedIn(await testAccount(t), browser());
    t.clock.advance(15 * 60 * SECOND_MS - 1000);
    expect(await readSession(t.gate, idle.token)).toBeDefined();
    t.clock.advance(15 * 60 * SECOND_MS);
    expect(await readSession(t.gate, idle.token)).toBeUndefined();

    const busy = await signedIn(await testAccount(t), browser());
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      t.clock.advance(10 * 60 * SECOND_MS);
      expect(await readSession(t.gate, busy.token)).toBeDefined();
    }
    t.clock.advance(10 * 60 * SECOND_MS);
    expect(await readSession(t.gate, busy.token)).toBeUndefined();
  });

  test('[SES-1] the token is 256 random bits and stored as a hash; a step-up gives another one and the old is dead', async () => {
    const account = await testAccount(t, { totp: true });
    const me = browser();
    const first = await signedIn(account, me);
    const secret = Buffer.from(first.token, 'base64url').subarray(32);
    expect(secret).toHaveLength(32);
    const row = await t.platform.db
      .selectFrom('session')
      .selectAll()
      .where('id', '=', first.session.id)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(secret.toString('base64url'));
    expect(row.token_hash.equals(secret)).toBe(false);

    nextStep();
    const scene = await give(
      await withPasswordEvidence(account, me, level(2)),
      askTotp(account),
      await totpOf(account),
      me,
    );
    const raised = await raiseSession(t.gate, scene, first.session, me);
    expect(raised.token).not.toBe(first.token);
    expect(await readSession(t.gate, first.token)).toBeUndefined();
    expect((await readSession(t.gate, raised.token))?.evidence.map((piece) => piece.method)).toContain(
      'totp',
    );
  });

  test('[SES-5] twenty sessions per account; the oldest goes when one more opens', async () => {
    const account = await testAccount(t);
    const tokens: string[] = [];
    for (let opened = 0; opened < 21; opened++) {
      tokens.push((await signedIn(account, browser())).token);
      t.clock.advance(1);
    }
    const alive = await Promise.all(tokens.map((token) => readSession(t.gate, token)));
    expect(alive.map((session) => session !== undefined)).toEqual([false, ...Array(20).fill(true)]);
  });

  test('[SES-3] a rise of the epoch ends every session, ceremony and capability of the account at once', async () => {
    const account = await testAccount(t);
    const me = browser();
    const { token } = await signedIn(account, me);
    const open = await begin(account, me);
    const { epoch } = await load(t, account.id);
    const holds = () => t.gate.transaction((tx) => mayContinue(t.gate, tx, account.id, epoch));
    expect(await holds()).toBe(true);
    await t.gate.transaction((tx) => endEverything(t.gate, tx, account.id));
    expect(await holds()).toBe(false);
    expect(await readSession(t.gate, token)).toBeUndefined();
    expect(await slug(openCeremony(t.gate, handleOf(open.ceremony), me))).toBe('ceremony-gone');
    expect(await slug(give(open, askPassword(account), account.password, me))).toBe('ceremony-gone');
  });

  test('[SES-4] a sensitive operation needs something proven in the last five minutes, else nothing runs', async () => {
    const account = await testAccount(t, { totp: true });
    const me = browser();
    nextStep();
    const scene = await give(await withPassword(account, me), askTotp(account), await totpOf(account), me);
    const { session } = await admitSession(t.gate, scene, me);
    const operation = { type: 'tested', details: {} };
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
});

describe('what comes later fits without touching the gate', () => {
  const KEY = 'test-key';

  /** A hardware key of the future: both factors at once, level 3, its answer bound to the operation. */
  const keyFactor: Factor = {
    method: KEY,
    lock: { pauseEvery: null, firstPauseSeconds: 0, longestPauseSeconds: 0, disableAt: 100 },
    countedPer: 'channel',
    judge: async ({ challenge: asked, response }) =>
      response.code === `signed ${asked.operationDigest}` ? { accepted: true } : refused,
  };
  const gateWithKey = (): Gate => ({
    ...t.gate,
    methods: {
      ...METHODS,
      [KEY]: { kind: 'both', signsIn: true, recovers: true, levelCap: 3, amr: ['hwk', 'user'] },
    },
    factors: new Map([...t.gate.factors, [KEY, keyFactor]]),
  });

  async function addKey(account: TestAccount): Promise<string> {
    const { randomId } = await import('../platform/ids.ts');
    const id = randomId();
    await t.gate.transaction((tx) =>
      t.stores.authenticators.insert(tx, account.id, {
        id,
        method: KEY,
        state: 'active',
        channelId: id,
        contactId: null,
        bindingLevel: 3,
        keyProtection: 'hardware',
        secret: null,
        label: '',
        at: t.clock.now(),
        expiresAt: null,
      }),
    );
    return id;
  }

  test('a factor written here signs in alone, and reaches level 3 for the operation it signed and no other', async () => {
    const gate = gateWithKey();
    const account = await testAccount(t);
    const me = browser();
    const target = await addKey(account);
    const prover = await load(t, account.id);
    const ask = { slot: 'first', method: KEY, target };
    const plain = await beginCeremony(
      gate,
      { prover, purpose: 'sign-in', policy: level(2), context: nothing },
      me,
    );
    const signed = await prove(gate, {
      scene: plain,
      ask,
      challengeId: null,
      response: { code: 'signed null' },
      presenter: me,
    });
    expect(await admitAssertion(gate, signed, me)).toMatchObject({ level: 2, amr: ['hwk', 'user', 'mfa'] });

    const policy = { ...level(3), bound: true };
    const operation = await gate.transaction((tx) =>
      propose(gate, tx, {
        subjectId: account.id,
        initiatorId: account.id,
        type: 'test',
        details: { amount: 10 },
        summary: {},
        policy,
        approvalsNeeded: 1,
        lifetimeSeconds: 600,
      }),
    );
    const context = { ...nothing, operationDigest: operation.digest };
    const scene = await beginCeremony(
      gate,
      { prover, purpose: 'approve', policy, context, operationId: operation.id },
      me,
    );
    const other = {
      scene,
      ask,
      challengeId: null,
      response: { code: 'signed another digest' },
      presenter: me,
    };
    expect(await slug(prove(gate, other))).toBe('code-rejected');
    const bound = await prove(gate, { ...other, response: { code: `signed ${operation.digest}` } });
    expect(await gate.transaction((tx) => approve(gate, tx, bound, me))).toBe('approved');
  });

  async function approveAs(
    account: TestAccount,
    subjectId: string,
    operation: { id: string; digest: string },
    policy: Policy,
  ): Promise<Scene> {
    const me = browser();
    const prover = await load(t, account.id);
    const context = { ...nothing, operationDigest: operation.digest };
    const beginning = { prover, purpose: 'approve', policy, context, operationId: operation.id, subjectId };
    const scene = await beginCeremony(t.gate, beginning, me);
    return give(scene, askPassword(account), account.password, me);
  }

  test('a two-person approval: two different people, each for this operation; carried out once', async () => {
    const [holder, first, second] = [await testAccount(t), await testAccount(t), await testAccount(t)];
    const policy = { ...level(1), bound: true };
    const { gate } = t;
    const wanted = {
      subjectId: holder.id,
      initiatorId: first.id,
      type: 'revoke',
      details: { why: 'asked' },
      summary: {},
      policy,
      approvalsNeeded: 2,
      lifetimeSeconds: 3600,
    };
    const operation = await gate.transaction((tx) => propose(gate, tx, wanted));
    const twin = await gate.transaction((tx) => propose(gate, tx, wanted));
    const run = () =>
      gate.transaction((tx) =>
        carryOut(gate, tx, { subjectId: holder.id, id: operation.id }, async () => 'revoked'),
      );

    const one = await approveAs(first, holder.id, operation, policy);
    expect(await gate.transaction((tx) => approve(gate, tx, one, browser()))).toBe('waiting');
    expect(await slug(run())).toBe('operation-gone');

    const sameAgain = await approveAs(first, holder.id, operation, policy);
    expect(await slug(gate.transaction((tx) => approve(gate, tx, sameAgain, browser())))).toBe(
      'operation-gone',
    );

    const forTheTwin = await approveAs(second, holder.id, { ...operation, digest: twin.digest }, policy);
    expect(await slug(gate.transaction((tx) => approve(gate, tx, forTheTwin, browser())))).toBe(
      'proof-missing',
    );

    const two = await approveAs(second, holder.id, operation, policy);
    expect(await gate.transaction((tx) => approve(gate, tx, two, browser()))).toBe('approved');
    const results = await Promise.all(Array.from({ length: 16 }, () => slug(run())));
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result === 'operation-gone')).toHaveLength(15);
  });

  test('a two-contact change: the code on the current phone, then the one on the new; nothing else, no other order', async () => {
    const account = await testAccount(t, { sms: true });
    const { randomId } = await import('../platform/ids.ts');
    const next = {
      id: randomId(),
      kind: 'phone' as const,
      channelId: randomId(),
      address: '+393339998877',
      verifiedAt: null,
    };
    await t.gate.transaction((tx) => t.stores.contacts.insert(tx, account.id, next, t.clock.now()));
    const slot = (name: string, target: string) => ({
      need: 'slot' as const,
      slot: name,
      methods: ['sms-code'],
      target,
    });
    const policy: Policy = {
      needs: [slot('current-phone', account.phoneContact), slot('new-phone', next.id)],
      bound: true,
    };
    const { gate } = t;
    const operation = await gate.transaction((tx) =>
      propose(gate, tx, {
        subjectId: account.id,
        initiatorId: account.id,
        type: 'change-phone',
        details: { to: next.address },
        summary: {},
        policy,
        approvalsNeeded: 1,
        lifetimeSeconds: 600,
      }),
    );
    const me = browser();
    const context = { ...nothing, operationDigest: operation.digest };
    const prover = await load(t, account.id);
    let scene = await beginCeremony(
      gate,
      { prover, purpose: 'change-phone', policy, context, operationId: operation.id },
      me,
    );
    const current = { slot: 'current-phone', method: 'sms-code', target: account.phoneContact };
    const fresh = { slot: 'new-phone', method: 'sms-code', target: next.id };
    expect(await slug(challenge(gate, scene, fresh, me))).toBe('method-unavailable');
    const toCurrent = await challenge(gate, scene, current, me);
    scene = await give(scene, current, await lastCode(account.phone), me, toCurrent.id);
    const toNew = await challenge(gate, scene, fresh, me);
    expect(await slug(give(scene, fresh, await lastCode(account.phone), me, toNew.id))).toBe('code-rejected');
    scene = await give(scene, fresh, await lastCode(next.address), me, toNew.id);
    expect(await gate.transaction((tx) => approve(gate, tx, scene, me))).toBe('approved');
  });

  test('a batch: one approval, each unit once, only what was approved, nothing after the epoch moves', async () => {
    const account = await testAccount(t);
    const me = browser();
    const { gate } = t;
    const units = [{ document: 'a' }, { document: 'b' }, { document: 'c' }, { document: 'd' }];
    const policy = { ...level(1), bound: true };
    const operation = await gate.transaction((tx) =>
      propose(gate, tx, {
        subjectId: account.id,
        initiatorId: account.id,
        type: 'sign',
        details: {},
        summary: {},
        policy,
        approvalsNeeded: 1,
        lifetimeSeconds: 600,
        units,
      }),
    );
    const prover = await load(t, account.id);
    const context = { ...nothing, operationDigest: operation.digest };
    const begun = await beginCeremony(
      gate,
      { prover, purpose: 'sign', policy, context, operationId: operation.id },
      me,
    );
    const scene = await give(begun, askPassword(account), account.password, me);
    const { token } = await admitCapability(gate, scene, me, 20);

    let signed = 0;
    const sign = (idx: number, content: unknown) =>
      carryOutUnit(gate, token, { idx, content }, async () => ++signed);
    const results = await Promise.all(Array.from({ length: 16 }, () => slug(sign(0, units[0]))));
    expect(results.filter((result) => result === 'fulfilled')).toHaveLength(1);
    expect(await slug(sign(1, { document: 'swapped' }))).toBe('operation-gone');
    expect(
      await slug(
        carryOutUnit(gate, token, { idx: 2, content: units[2] }, () =>
          Promise.reject(new Error('module gone')),
        ),
      ),
    ).not.toBe('fulfilled');
    expect(await slug(sign(2, units[2]))).toBe('operation-gone');
    expect(signed).toBe(1);
    const states = await gate.transaction((tx) => gate.operations.units(tx, operation));
    expect(states.map((unit) => unit.state)).toEqual(['done', 'waiting', 'failed', 'waiting']);
    await gate.transaction((tx) => endEverything(gate, tx, account.id));
    expect(await slug(sign(3, units[3]))).toBe('operation-gone');
  });
});
