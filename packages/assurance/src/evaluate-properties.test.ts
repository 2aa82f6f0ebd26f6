import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Evidence, evaluate, type LevelNeed, METHODS, type Policy } from './index.ts';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;
/** Things that somebody holds, and that sign in after the password. */
const HELD = ['totp', 'sms-code', 'security-key', 'app-push', 'app-code', 'hardware-token'];

const levelNeed = (level: 1 | 2 | 3, more: Partial<LevelNeed> = {}): LevelNeed => ({
  need: 'level',
  level,
  secondFactors: null,
  smsAlone: true,
  maxAgeSeconds: null,
  ...more,
});
const policy = (...needs: Policy['needs']): Policy => ({ needs, bound: false });

const judge = (wanted: Policy, evidence: Evidence[], more: { digest?: string } = {}) =>
  evaluate({
    policy: wanted,
    evidence,
    authenticators: [],
    nowMs: NOW_MS,
    operationDigest: more.digest ?? null,
  });

describe('whatever the evidence', () => {
  const anyEvidence = fc.array(
    fc.record({
      method: fc.constantFrom(...Object.keys(METHODS)),
      slot: fc.constantFrom('first', 'second', 'recovery', 'new-phone'),
      channelId: fc.constantFrom('c1', 'c2', 'c3'),
      levelCap: fc.constantFrom(1 as const, 2 as const, 3 as const),
      operationDigest: fc.constantFrom(null, 'd1', 'd2'),
      ageMs: fc.integer({ min: 0, max: 20 * MINUTE_MS }),
    }),
    { maxLength: 6 },
  );
  type Pieces = typeof anyEvidence extends fc.Arbitrary<infer T> ? T : never;
  const toEvidence = (pieces: Pieces): Evidence[] =>
    pieces.map(({ ageMs, ...piece }) => ({
      ...piece,
      target: null,
      provenAtMs: NOW_MS - ageMs,
    }));
  const level = (evidence: Evidence[]) => judge(policy(levelNeed(2)), evidence).level;

  test('more evidence never lowers the level', () => {
    fc.assert(
      fc.property(anyEvidence, anyEvidence, (some, more) => {
        expect(level(toEvidence([...some, ...more]))).toBeGreaterThanOrEqual(level(toEvidence(some)));
      }),
    );
  });

  test('the order of evidence does not matter', () => {
    fc.assert(
      fc.property(anyEvidence, (some) => {
        expect(level(toEvidence([...some].reverse()))).toBe(level(toEvidence(some)));
      }),
    );
  });

  const isBoth = (piece: Evidence) =>
    METHODS[piece.method]!.kind === 'both' && ['first', 'second'].includes(piece.slot);

  test('level 2 always rests on a known and a held thing of two channels, or on what is both at once', () => {
    fc.assert(
      fc.property(anyEvidence, (pieces) => {
        const evidence = toEvidence(pieces);
        if (level(evidence) < 2 || evidence.some((piece) => isBoth(piece) && piece.levelCap >= 2)) return;
        const known = evidence.filter((piece) => METHODS[piece.method]!.kind === 'knowledge');
        const held = evidence.filter((piece) => HELD.includes(piece.method));
        expect(known.some((a) => held.some((b) => a.channelId !== b.channelId))).toBe(true);
      }),
    );
  });

  test('without a password nothing signs in but what is both factors at once', () => {
    fc.assert(
      fc.property(anyEvidence, (pieces) => {
        const evidence = toEvidence(pieces).filter((piece) => piece.method !== 'password' && !isBoth(piece));
        expect(judge(policy(levelNeed(1)), evidence).satisfied).toBe(false);
      }),
    );
  });

  test('level 3 always rests on a passkey that one device keeps and that answered for the operation', () => {
    fc.assert(
      fc.property(anyEvidence, (pieces) => {
        const evidence = toEvidence(pieces);
        if (judge(policy(levelNeed(3)), evidence, { digest: 'd1' }).level < 3) return;
        const carries = (piece: Evidence) =>
          isBoth(piece) &&
          piece.method === 'passkey' &&
          piece.levelCap === 3 &&
          piece.operationDigest === 'd1';
        expect(evidence.some(carries)).toBe(true);
      }),
    );
  });

  test('a policy without passkeys never counts one', () => {
    fc.assert(
      fc.property(anyEvidence, (pieces) => {
        const wants = policy(levelNeed(2, { secondFactors: ['totp', 'sms-code'] }));
        const evidence = toEvidence(pieces);
        const without = evidence.filter(
          (piece) => !['passkey', 'synced-passkey', 'security-key'].includes(piece.method),
        );
        expect(judge(wants, evidence).satisfied).toBe(judge(wants, without).satisfied);
      }),
    );
  });

  test('older than max_age never satisfies', () => {
    fc.assert(
      fc.property(anyEvidence, (pieces) => {
        const wants = policy(levelNeed(1, { maxAgeSeconds: 300 }));
        const verdict = judge(wants, toEvidence(pieces));
        if (verdict.satisfied) expect(NOW_MS - verdict.authTimeMs!).toBeLessThanOrEqual(300_000);
      }),
    );
  });
});
