import { describe, expect, test } from 'vitest';
import {
  type Authenticator,
  type Evidence,
  evaluate,
  type LevelNeed,
  levelOfAcr,
  METHODS,
  type MethodTable,
  type Policy,
} from './index.ts';

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;

const holds: Record<string, Authenticator> = {
  password: { id: 'a-password', method: 'password', channelId: 'c-head', bindingLevel: 3 },
  totp: { id: 'a-totp', method: 'totp', channelId: 'c-app', bindingLevel: 2 },
  'sms-code': { id: 'a-sms', method: 'sms-code', channelId: 'c-phone', bindingLevel: 2 },
  'email-code': { id: 'a-email', method: 'email-code', channelId: 'c-mail', bindingLevel: 1 },
  'recovery-code': { id: 'a-saved', method: 'recovery-code', channelId: 'c-paper', bindingLevel: 2 },
};
const all = Object.values(holds);
const having = (...methods: string[]) => methods.map((method) => holds[method]!);

function proof(method: string, more: Partial<Evidence> = {}): Evidence {
  const from = holds[method]!;
  const slot = method === 'password' ? 'first' : 'second';
  return {
    slot,
    method,
    target: from.id,
    channelId: from.channelId,
    levelCap: from.bindingLevel,
    operationDigest: null,
    provenAtMs: NOW_MS,
    ...more,
  };
}

const levelNeed = (level: 1 | 2 | 3, more: Partial<LevelNeed> = {}): LevelNeed => ({
  need: 'level',
  level,
  secondFactors: null,
  smsAlone: true,
  maxAgeSeconds: null,
  ...more,
});
const policy = (...needs: Policy['needs']): Policy => ({ needs, bound: false });

function judge(
  wanted: Policy,
  evidence: Evidence[],
  more: { authenticators?: Authenticator[]; digest?: string; methods?: MethodTable } = {},
) {
  return evaluate({
    policy: wanted,
    evidence,
    authenticators: more.authenticators ?? all,
    nowMs: NOW_MS,
    operationDigest: more.digest ?? null,
    ...(more.methods ? { methods: more.methods } : {}),
  });
}

describe('the table of methods', () => {
  test('every row, as it stands', () => {
    const app = { signsIn: true, recovers: true, levelCap: 2, countsUnder: 'totp' } as const;
    expect(METHODS).toEqual({
      password: { kind: 'knowledge', signsIn: true, recovers: true, levelCap: 3, amr: ['pwd'] },
      totp: { kind: 'possession', signsIn: true, recovers: true, levelCap: 2, amr: ['otp'] },
      'sms-code': { kind: 'possession', signsIn: true, recovers: true, levelCap: 2, amr: ['sms'] },
      passkey: { kind: 'both', signsIn: true, recovers: true, levelCap: 3, amr: ['hwk', 'user'] },
      'synced-passkey': {
        kind: 'both',
        signsIn: true,
        recovers: true,
        levelCap: 2,
        amr: ['swk', 'user'],
        countsUnder: 'passkey',
      },
      'security-key': {
        kind: 'possession',
        signsIn: true,
        recovers: true,
        levelCap: 2,
        amr: ['pop', 'user'],
        countsUnder: 'passkey',
      },
      'app-push': { kind: 'possession', ...app, amr: ['swk', 'user'] },
      'app-qr': { kind: 'both', ...app, amr: ['swk', 'user'] },
      'app-code': { kind: 'possession', ...app, amr: ['otp'] },
      'hardware-token': { kind: 'possession', ...app, amr: ['otp'] },
      'email-code': { kind: 'address', signsIn: false, recovers: true, levelCap: 1, amr: [] },
      'email-link': { kind: 'address', signsIn: false, recovers: true, levelCap: 1, amr: [] },
      'recovery-code': { kind: 'possession', signsIn: false, recovers: true, levelCap: 1, amr: [] },
    });
  });

  test.each([
    ['urn:sigillo:level:1', 1],
    ['urn:sigillo:level:3', 3],
    ['urn:sigillo:level:4', undefined],
    ['https://www.spid.gov.it/SpidL2', undefined],
  ])('%s names level %s', (acr, level) => expect(levelOfAcr(acr)).toBe(level));
});

describe('levels', () => {
  const cases: [string, string[], 0 | 1 | 2, string[]][] = [
    ['nothing', [], 0, []],
    ['a password', ['password'], 1, ['pwd']],
    ['a password and an authenticator code', ['password', 'totp'], 2, ['pwd', 'otp', 'mfa']],
    ['a password and an SMS code', ['password', 'sms-code'], 2, ['pwd', 'sms', 'mfa']],
    ['an authenticator code alone', ['totp'], 0, []],
    ['an authenticator code and an SMS code', ['totp', 'sms-code'], 0, []],
    ['a password and an e-mail code', ['password', 'email-code'], 1, ['pwd']],
    ['a password and a recovery code', ['password', 'recovery-code'], 1, ['pwd']],
  ];
  test.each(cases)('%s', (_, methods, level, amr) => {
    const evidence = methods.map((method) => proof(method));
    for (const asked of [1, 2] as const) {
      const verdict = judge(policy(levelNeed(asked)), evidence);
      expect(verdict.satisfied).toBe(level >= asked);
      expect(verdict.level).toBe(level);
      if (verdict.satisfied) expect(verdict).toMatchObject({ acr: `urn:sigillo:level:${level}`, amr });
    }
  });

  test('level 3 is out of reach of every method of today', () => {
    expect(
      judge(
        policy(levelNeed(3)),
        all.map((one) => proof(one.method)),
      ),
    ).toMatchObject({
      satisfied: false,
      options: [],
      setUp: [],
    });
  });

  test('[OTP-6] an SMS code never carries more than level 2, however strongly it was bound', () => {
    const evidence = [proof('password'), proof('sms-code', { levelCap: 3 })];
    expect(judge(policy(levelNeed(3)), evidence)).toMatchObject({ satisfied: false, level: 2 });
  });

  test('[OTP-6] an e-mail code never signs in, in any slot', () => {
    for (const slot of ['first', 'second', 'recovery'])
      expect(judge(policy(levelNeed(1)), [proof('email-code', { slot })]).satisfied).toBe(false);
  });

  test('a factor bound weakly counts weakly', () => {
    const evidence = [proof('password'), proof('totp', { levelCap: 1 })];
    expect(judge(policy(levelNeed(2)), evidence)).toMatchObject({ satisfied: false, level: 1 });
  });

  test('two factors on one channel are one factor', () => {
    const evidence = [proof('password', { channelId: 'c-phone' }), proof('sms-code')];
    expect(judge(policy(levelNeed(2)), evidence).satisfied).toBe(false);
  });

  test('auth_time is that of the oldest piece that carries the level, and the newest such pieces are taken', () => {
    const evidence = [
      proof('password', { provenAtMs: NOW_MS - 60 * MINUTE_MS }),
      proof('totp', { provenAtMs: NOW_MS - 60 * MINUTE_MS }),
      proof('totp', { provenAtMs: NOW_MS - MINUTE_MS }),
      proof('password', { provenAtMs: NOW_MS - 2 * MINUTE_MS }),
    ];
    expect(judge(policy(levelNeed(2)), evidence)).toMatchObject({ authTimeMs: NOW_MS - 2 * MINUTE_MS });
  });

  test('a factor that is both at once reaches level 3 only for the operation it answered', () => {
    const methods: MethodTable = {
      ...METHODS,
      key: { kind: 'both', signsIn: true, recovers: true, levelCap: 3, amr: ['hwk', 'user'] },
    };
    holds.key = { id: 'a-key', method: 'key', channelId: 'c-key', bindingLevel: 3 };
    const unbound = proof('key', { slot: 'first' });
    const bound = { ...unbound, operationDigest: 'd1' };
    const three = policy(levelNeed(3));
    expect(judge(three, [unbound], { methods, digest: 'd1' })).toMatchObject({ satisfied: false, level: 2 });
    expect(judge(three, [bound], { methods, digest: 'd2' })).toMatchObject({ satisfied: false, level: 2 });
    expect(judge(three, [bound], { methods, digest: 'd1' })).toMatchObject({ satisfied: true, level: 3 });
    delete holds.key;
  });
});

describe('passkeys', () => {
  const passkey: Authenticator = { id: 'a-key', method: 'passkey', channelId: 'c-key', bindingLevel: 3 };
  const touchKey: Authenticator = { ...passkey, id: 'a-touch', method: 'security-key', channelId: 'c-touch' };
  const given = (method: string, more: Partial<Evidence> = {}): Evidence => ({
    slot: 'first',
    method,
    target: 'a-key',
    channelId: 'c-key',
    levelCap: 3,
    operationDigest: null,
    provenAtMs: NOW_MS,
    ...more,
  });
  const authenticators = [...all, passkey, touchKey];
  const two = policy(levelNeed(2));
  const accepting = policy(levelNeed(2, { secondFactors: ['totp', 'passkey'] }));
  const refusing = policy(levelNeed(2, { secondFactors: ['totp'] }));

  test.each([
    ['passkey', ['hwk', 'user', 'mfa']],
    ['synced-passkey', ['swk', 'user', 'mfa']],
  ])('[WA-3] %s with its user verified is both factors, alone', (method, amr) => {
    for (const slot of ['first', 'second'])
      expect(judge(two, [given(method, { slot })], { authenticators })).toMatchObject({
        satisfied: true,
        acr: 'urn:sigillo:level:2',
        amr,
      });
  });

  test('[WA-3] without user verification it is one factor: nothing alone, level 2 after a password', () => {
    const touched = given('security-key', { slot: 'second' });
    expect(judge(policy(levelNeed(1)), [touched], { authenticators }).satisfied).toBe(false);
    expect(judge(policy(levelNeed(1)), [{ ...touched, slot: 'first' }], { authenticators }).satisfied).toBe(
      false,
    );
    expect(judge(two, [proof('password'), touched], { authenticators })).toMatchObject({
      satisfied: true,
      acr: 'urn:sigillo:level:2',
      amr: ['pwd', 'pop', 'user', 'mfa'],
    });
  });

  test('level 3: kept on one device, bound at 3, user verified, and answered for this very operation', () => {
    const three = policy(levelNeed(3));
    const bound = { operationDigest: 'd1' };
    const reaches = (evidence: Evidence, digest = 'd1') =>
      judge(three, [proof('password', bound), evidence], { authenticators, digest }).satisfied;
    expect(reaches(given('passkey', bound))).toBe(true);
    expect(reaches(given('passkey'))).toBe(false);
    expect(reaches(given('passkey', bound), 'd2')).toBe(false);
    expect(reaches(given('passkey', { ...bound, levelCap: 2 }))).toBe(false);
    expect(reaches(given('synced-passkey', bound))).toBe(false);
    expect(reaches(given('security-key', { ...bound, slot: 'second' }))).toBe(false);
  });

  test('a passkey begins a sign-in, and is offered after a password; a key that is only touched just the latter', () => {
    const first = judge(two, [], { authenticators });
    expect(first).toMatchObject({ options: [{ method: 'password' }, { slot: 'first', method: 'passkey' }] });
    const next = judge(two, [proof('password')], { authenticators });
    const offered = next.satisfied ? [] : next.options;
    expect(offered.map(({ slot, method }) => `${slot} ${method}`)).toEqual([
      'second totp',
      'second sms-code',
      'second passkey',
      'second security-key',
    ]);
  });

  test('a policy that names passkeys takes each kind of them; one that does not takes none, in any slot', () => {
    for (const method of ['passkey', 'synced-passkey', 'security-key'])
      expect(judge(accepting, [proof('password'), given(method, { slot: 'second' })]).satisfied).toBe(true);
    for (const method of ['passkey', 'synced-passkey']) {
      expect(judge(refusing, [given(method)], { authenticators })).toMatchObject({
        satisfied: false,
        options: [{ slot: 'first', method: 'password' }],
      });
      expect(judge(refusing, [proof('password'), given(method, { slot: 'second' })]).satisfied).toBe(false);
    }
  });

  test('what a wizard can set up is a passkey, whatever kind it turns out to be; nothing gives level 3', () => {
    const one = { authenticators: having('password') };
    expect(judge(accepting, [proof('password')], one)).toMatchObject({ setUp: ['totp', 'passkey'] });
    expect(judge(two, [proof('password')], one)).toMatchObject({ setUp: ['totp', 'sms-code', 'passkey'] });
    expect(judge(policy(levelNeed(3)), [proof('password')], one)).toMatchObject({ setUp: [] });
  });

  test('[SES-4] a fresh passkey, or a fresh touch, confirms; the session’s older proofs keep their level', () => {
    const fresh = policy(levelNeed(2), { need: 'fresh', withinSeconds: 300 });
    const old = given('passkey', { provenAtMs: NOW_MS - 301_000 });
    expect(judge(fresh, [old], { authenticators })).toMatchObject({
      satisfied: false,
      options: [
        { method: 'totp' },
        { method: 'sms-code' },
        { method: 'passkey' },
        { method: 'security-key' },
      ],
    });
    for (const method of ['passkey', 'security-key'])
      expect(judge(fresh, [old, given(method, { slot: 'second' })], { authenticators }).satisfied).toBe(true);
  });

  test('[REC-4] a new passkey fills the last step of a recovery under its own name', () => {
    const wants = policy({ need: 'slot', slot: 'new-factor', methods: ['totp', 'passkey'], target: null });
    for (const method of ['passkey', 'synced-passkey', 'security-key'])
      expect(judge(wants, [given(method, { slot: 'new-factor' })]).satisfied).toBe(true);
    expect(judge(wants, [given('sms-code', { slot: 'new-factor' })]).satisfied).toBe(false);
  });
});

describe('what may come next', () => {
  const two = policy(levelNeed(2));

  test('first the password, then the enrolled second factors, in the order they were enrolled', () => {
    expect(judge(two, [])).toMatchObject({ options: [{ slot: 'first', method: 'password' }] });
    expect(judge(two, [proof('password')])).toMatchObject({
      options: [
        { slot: 'second', method: 'totp', target: 'a-totp' },
        { slot: 'second', method: 'sms-code', target: 'a-sms' },
      ],
      setUp: [],
    });
  });

  test('who has no second factor that counts is led to set one up', () => {
    const wants = policy(levelNeed(2, { secondFactors: ['totp', 'sms-code'] }));
    const password = [proof('password')];
    expect(judge(wants, password, { authenticators: having('password') })).toMatchObject({
      options: [],
      setUp: ['totp', 'sms-code'],
    });
    const appOnly = policy(levelNeed(2, { secondFactors: ['totp'] }));
    expect(judge(appOnly, password, { authenticators: having('password', 'sms-code') })).toMatchObject({
      options: [],
      setUp: ['totp'],
    });
  });

  test('[OTP-6] SMS counts as the only second factor just where the relying party allows it', () => {
    const wary = policy(levelNeed(2, { smsAlone: false }));
    const evidence = [proof('password'), proof('sms-code')];
    expect(judge(wary, evidence, { authenticators: having('password', 'sms-code') }).satisfied).toBe(false);
    expect(judge(wary, evidence, { authenticators: all }).satisfied).toBe(true);
    expect(judge(two, evidence, { authenticators: having('password', 'sms-code') }).satisfied).toBe(true);
  });

  test('max_age asks again for every factor that carries the level', () => {
    const wants = policy(levelNeed(2, { maxAgeSeconds: 300 }));
    const old = NOW_MS - 6 * MINUTE_MS;
    expect(judge(wants, [proof('password', { provenAtMs: old }), proof('totp')])).toMatchObject({
      satisfied: false,
      options: [{ method: 'password' }],
    });
    expect(judge(wants, [proof('password'), proof('totp', { provenAtMs: old })])).toMatchObject({
      satisfied: false,
      options: [{ method: 'totp' }, { method: 'sms-code' }],
    });
    expect(judge(wants, [proof('password'), proof('totp')]).satisfied).toBe(true);
  });
});

describe('freshness', () => {
  const fresh = policy(levelNeed(1), { need: 'fresh', withinSeconds: 300 });

  test('[SES-4] asks for the second factor of who has one, and for the password of who has none', () => {
    const old = NOW_MS - 300_001;
    expect(judge(fresh, [proof('password', { provenAtMs: old })])).toMatchObject({
      satisfied: false,
      options: [{ method: 'totp' }, { method: 'sms-code' }],
    });
    expect(
      judge(fresh, [proof('password', { provenAtMs: old })], { authenticators: having('password') }),
    ).toMatchObject({ satisfied: false, options: [{ method: 'password' }] });
    expect(judge(fresh, [proof('password')], { authenticators: having('password') }).satisfied).toBe(true);
    expect(judge(fresh, [proof('password')]).satisfied).toBe(false);
  });

  test('[SES-4] five minutes, not a millisecond more', () => {
    const password = proof('password', { provenAtMs: 0 });
    const at = (ageMs: number) => [password, proof('totp', { provenAtMs: NOW_MS - ageMs })];
    expect(judge(fresh, at(300_000)).satisfied).toBe(true);
    expect(judge(fresh, at(300_001)).satisfied).toBe(false);
  });
});

describe('recovery and named slots', () => {
  const twoWays = policy({ need: 'channels', count: 2 });
  const recovery = (method: string, more: Partial<Evidence> = {}) =>
    proof(method, { slot: 'recovery', ...more });

  test('[REC-4] two ways are two channels: a mailbox that reset the password is still one', () => {
    expect(judge(twoWays, [recovery('email-code')]).satisfied).toBe(false);
    expect(judge(twoWays, [recovery('email-code'), recovery('email-code')]).satisfied).toBe(false);
    expect(judge(twoWays, [proof('password'), recovery('email-code')]).satisfied).toBe(true);
    const reset = proof('password', { channelId: 'c-mail' });
    expect(judge(twoWays, [reset, recovery('email-code')])).toMatchObject({ satisfied: false });
    expect(judge(twoWays, [reset, recovery('sms-code')]).satisfied).toBe(true);
  });

  test('[REC-4] a channel already proven is not offered again', () => {
    const verdict = judge(twoWays, [proof('password', { channelId: 'c-mail' })]);
    expect(verdict).toMatchObject({ satisfied: false });
    const offered = verdict.satisfied ? [] : verdict.options.map((option) => option.method);
    expect(offered).not.toContain('email-code');
    expect(offered).toContain('recovery-code');
  });

  test('a named proof counts for its slot and its target only', () => {
    const change = policy(
      { need: 'slot', slot: 'current-phone', methods: ['sms-code'], target: 'old' },
      { need: 'slot', slot: 'new-phone', methods: ['sms-code'], target: 'new' },
    );
    const current = proof('sms-code', { slot: 'current-phone', target: 'old' });
    const fresh = proof('sms-code', { slot: 'new-phone', target: 'new' });
    expect(judge(change, [])).toMatchObject({ options: [{ slot: 'current-phone', target: 'old' }] });
    expect(judge(change, [fresh])).toMatchObject({ options: [{ slot: 'current-phone' }] });
    expect(judge(change, [current])).toMatchObject({ options: [{ slot: 'new-phone', target: 'new' }] });
    expect(judge(change, [current, { ...fresh, target: 'other' }]).satisfied).toBe(false);
    expect(judge(change, [current, { ...fresh, slot: 'current-phone' }]).satisfied).toBe(false);
    expect(judge(change, [current, fresh]).satisfied).toBe(true);
  });

  test('a code to a new address proves that address, never who somebody is', () => {
    expect(
      judge(policy(levelNeed(2)), [proof('password'), proof('sms-code', { slot: 'new-phone' })]),
    ).toMatchObject({
      satisfied: false,
      level: 1,
    });
  });

  test('a bound policy counts only what was proven for this operation', () => {
    const bound: Policy = { needs: [levelNeed(2)], bound: true };
    const evidence = [proof('password', { operationDigest: 'd1' }), proof('totp', { operationDigest: 'd2' })];
    expect(judge(bound, evidence, { digest: 'd1' })).toMatchObject({ satisfied: false, level: 1 });
    expect(judge(bound, evidence)).toMatchObject({ satisfied: false, level: 0 });
    const forThis = evidence.map((piece) => ({ ...piece, operationDigest: 'd1' }));
    expect(judge(bound, forThis, { digest: 'd1' }).satisfied).toBe(true);
  });
});

describe('our own app', () => {
  const app = (method: string): Authenticator => ({
    id: `a-${method}`,
    method,
    channelId: 'c-phone-app',
    bindingLevel: 2,
  });
  const given = (method: string, slot: string): Evidence => ({
    slot,
    method,
    target: `a-${method}`,
    channelId: 'c-phone-app',
    levelCap: 2,
    operationDigest: null,
    provenAtMs: NOW_MS,
  });

  test('[PUSH-2] a push alone proves nothing, and is never asked for before the password', () => {
    const authenticators = [holds.password!, app('app-push'), app('app-code'), app('app-qr')];
    const wanted = policy(levelNeed(2));
    expect(judge(wanted, [given('app-push', 'first')], { authenticators })).toMatchObject({
      satisfied: false,
      level: 0,
    });
    const before = judge(wanted, [], { authenticators });
    expect(before.satisfied ? [] : before.options.map((one) => one.method)).toEqual(['password', 'app-qr']);
    const after = judge(wanted, [proof('password')], { authenticators });
    expect(after.satisfied ? [] : after.options.map((one) => one.method)).toEqual([
      'app-push',
      'app-code',
      'app-qr',
    ]);
  });

  test.each([
    ['app-push', ['pwd', 'swk', 'user', 'mfa']],
    ['app-code', ['pwd', 'otp', 'mfa']],
  ])('%s after the password makes level 2', (method, amr) => {
    const verdict = judge(policy(levelNeed(2)), [proof('password'), given(method, 'second')]);
    expect(verdict).toMatchObject({ satisfied: true, level: 2, amr });
  });

  test('a scanned code makes level 2 alone, where authenticator apps are taken, and never 3', () => {
    const evidence = [given('app-qr', 'first')];
    expect(judge(policy(levelNeed(2)), evidence)).toMatchObject({
      satisfied: true,
      level: 2,
      amr: ['swk', 'user', 'mfa'],
    });
    expect(judge(policy(levelNeed(2, { secondFactors: ['totp'] })), evidence).satisfied).toBe(true);
    expect(judge(policy(levelNeed(2, { secondFactors: ['sms-code'] })), evidence).satisfied).toBe(false);
    const bound = evidence.map((piece) => ({ ...piece, levelCap: 3 as const, operationDigest: 'd' }));
    expect(judge(policy(levelNeed(3)), bound, { digest: 'd' })).toMatchObject({ satisfied: false, level: 2 });
  });

  test('an app that was bound at level 1 counts for no more', () => {
    const weak = [proof('password'), { ...given('app-push', 'second'), levelCap: 1 as const }];
    expect(judge(policy(levelNeed(2)), weak)).toMatchObject({ satisfied: false, level: 1 });
  });
});

describe('a password that is over', () => {
  const phone = { need: 'slot' as const, slot: 'authorise', methods: ['sms-code'], target: 'a-phone' };
  const renewed = (after: typeof phone | null = null) => ({ need: 'renewed' as const, slot: 'again', after });
  const over = proof('password', { isOver: true });

  test('[SPID-CRD-2] satisfies nothing that asks for another one, whatever is proven beside it', () => {
    const wants = policy(levelNeed(2), renewed());
    expect(judge(wants, [over])).toMatchObject({ satisfied: false, unmet: { need: 'level' } });
    const again = proof('password', { slot: 'again', isOver: true });
    for (const evidence of [
      [over, proof('totp')],
      [over, proof('totp'), again],
    ])
      expect(judge(wants, evidence)).toMatchObject({
        satisfied: false,
        unmet: { need: 'renewed' },
        options: [{ slot: 'again', method: 'password', target: 'a-password' }],
        setUp: [],
      });
    expect(judge(wants, [proof('password'), proof('totp')])).toMatchObject({ satisfied: true, level: 2 });
  });

  test('[PW-5] where a code to the phone comes first, it is asked for first, and counts for nothing else', () => {
    const wants = policy(renewed(phone), levelNeed(1));
    expect(judge(wants, [])).toMatchObject({ options: [{ slot: 'first', method: 'password' }] });
    expect(judge(wants, [over])).toMatchObject({ options: [{ slot: 'authorise', target: 'a-phone' }] });
    const code = proof('sms-code', { slot: 'authorise', target: 'a-phone' });
    expect(judge(wants, [over, code])).toMatchObject({ satisfied: false, options: [{ slot: 'again' }] });
    expect(judge(wants, [proof('password')])).toMatchObject({ satisfied: true, level: 1 });
  });

  test('a sign-in without it is not held up', () => {
    const key: Authenticator = { id: 'a-key', method: 'passkey', channelId: 'c-key', bindingLevel: 2 };
    const given = { ...proof('totp'), method: 'passkey', slot: 'first', target: 'a-key', channelId: 'c-key' };
    expect(judge(policy(levelNeed(2), renewed()), [given], { authenticators: [key] }).satisfied).toBe(true);
  });
});
