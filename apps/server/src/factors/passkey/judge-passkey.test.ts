import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Algorithm, type Bent, SoftPasskey } from '../../../../../tests/setup/soft-passkey.ts';
import type { JudgeContext, StartContext } from '../../gate/factor.ts';
import type { Challenge, EnrolledAuthenticator, Presenter, Prover } from '../../gate/model.ts';
import { NEW_FACTOR } from '../../gate/policies.ts';
import type { Tx } from '../../platform/database/database.ts';
import { passkeyFactors } from './passkey.factor.ts';
import type { NewPasskey, PasskeyPorts } from './passkey.ports.ts';

const ORIGIN = 'https://id.example.org';
const AUTHENTICATOR = '01890a5d-ac96-774b-bcce-b302099a8057';
const tx = {} as Tx;
const handle = Buffer.alloc(64, 7);

const presenter: Presenter = {
  kind: 'browser',
  bindingHash: Buffer.alloc(32, 1),
  client: { address: '192.0.2.7', network: '192.0.2.7', userAgent: 'Test browser' },
  recognisedHash: null,
};
const authenticator: EnrolledAuthenticator = {
  id: AUTHENTICATOR,
  method: 'passkey',
  channelId: AUTHENTICATOR,
  contactId: null,
  bindingLevel: 2,
  label: '',
  createdAt: new Date(0),
  lastUsedAt: null,
};
const prover: Prover = {
  id: 'account',
  decoy: false,
  kind: 'holder',
  userId: '7H4K9M2P',
  status: 'active',
  epoch: 0,
  codeDelivery: null,
  language: 'en',
  authenticators: [authenticator],
  contacts: [],
};

/** The factor on storage of its own, with one device. */
function house(algorithm: Algorithm = 'ES256', nature: ConstructorParameters<typeof SoftPasskey>[2] = {}) {
  const device = new SoftPasskey(ORIGIN, algorithm, nature);
  const kept: (NewPasskey & { authenticatorId: string })[] = [];
  const alerts: string[] = [];
  const ports: PasskeyPorts = {
    settings: { rpId: 'id.example.org', origin: ORIGIN, name: 'Sigillo' },
    mac: (purpose, ...parts) => {
      const hmac = createHmac('sha256', 'key').update(purpose);
      for (const part of parts) hmac.update(`${part.length}:`).update(part);
      return hmac.digest();
    },
    transaction: (work) => work(tx),
    alert: async (_tx, _prover, _presenter, id) => void alerts.push(id),
    passkeys: {
      userHandle: async () => handle,
      whose: async () => undefined,
      list: async () => kept,
      add: async (_tx, _account, authenticatorId, passkey) =>
        kept.push({ ...passkey, authenticatorId }) === kept.length,
      use: async () => true,
    },
  };
  const [factor] = passkeyFactors(ports);
  const started = async (slot: string, more: Partial<Challenge> = {}) => {
    const challenge: Challenge = { ...challengeOf(slot), ...more };
    const context: StartContext = { ...common(slot), challenge };
    const { secretHash, reveal } = await factor!.sends!.start(context);
    return { challenge: { ...challenge, secretHash }, options: reveal?.publicKey as never };
  };
  const judge = (challenge: Challenge, credential: object, more: Partial<JudgeContext> = {}) =>
    factor!.judge({ ...common(challenge.slot), challenge, response: { code: '', credential }, ...more });
  const register = async (bent: Bent = {}) => {
    const { challenge, options } = await started(NEW_FACTOR);
    const judgement = await judge(challenge, device.create(options, bent));
    if (judgement.accepted) await judgement.spend?.(tx);
    return judgement;
  };
  const answer = async (bent: Bent = {}, slot = 'first') => {
    const { challenge, options } = await started(slot);
    return judge(challenge, device.get(options, bent));
  };
  return { device, kept, alerts, started, judge, register, answer };
}

const common = (slot: string) => ({
  prover,
  target: { authenticator: slot === 'nobody' ? null : authenticator, contact: null },
  presenter,
  purpose: 'sign-in',
  ceremony: null as never,
});

const challengeOf = (slot: string): Challenge => ({
  id: '01890a5d-ac96-774b-bcce-b302099a8000',
  proverId: 'account',
  ceremonyId: '01890a5d-ac96-774b-bcce-b302099a8001',
  slot,
  method: 'passkey',
  target: AUTHENTICATOR,
  operationDigest: null,
  question: null,
  secretHash: null,
  tries: 0,
  createdAt: new Date(0),
  expiresAt: new Date(300_000),
});

const other = Buffer.alloc(64, 8).toString('base64url');

describe('an answer', () => {
  test.each(['ES256', 'EdDSA', 'RS256'] as const)('[WA-2] %s is verified', async (algorithm) => {
    const { register, answer } = house(algorithm);
    expect((await register()).accepted).toBe(true);
    expect(await answer()).toMatchObject({ accepted: true, countsAs: 'passkey' });
    expect((await answer({ breakSignature: true })).accepted).toBe(false);
  });

  const mutations: [string, Bent][] = [
    ['type', { type: 'webauthn.create' }],
    ['origin, another host', { origin: 'https://id.example.org.attacker.example' }],
    ['origin, another port', { origin: 'https://id.example.org:8443' }],
    ['origin, another scheme', { origin: 'http://id.example.org' }],
    ['a page inside another one', { crossOrigin: true }],
    ['RP ID', { rpId: 'example.org' }],
    ['challenge', { challenge: Buffer.alloc(64, 9).toString('base64url') }],
    ['user presence', { userPresent: false }],
    ['user verification', { userVerified: false }],
    ['user handle', { userHandle: other }],
    ['no user handle', { userHandle: null }],
    ['backup eligibility', { backupEligible: true }],
    ['backed up but not eligible', { backedUp: true }],
    ['credential', { credentialId: Buffer.alloc(32, 3).toString('base64url') }],
    ['signature', { breakSignature: true }],
  ];
  test.each(mutations)('[WA-2] is refused when it is signed with another %s', async (_, bent) => {
    const { register, answer } = house();
    await register();
    expect((await answer(bent)).accepted).toBe(false);
    expect((await answer()).accepted).toBe(true);
  });

  test('[WA-2] of another device, or none at all, is refused', async () => {
    const { register, started, judge } = house();
    await register();
    const { challenge, options } = await started('first');
    const stranger = new SoftPasskey(ORIGIN);
    stranger.userHandle = handle.toString('base64url');
    expect((await judge(challenge, stranger.get(options))).accepted).toBe(false);
    expect((await judge(challenge, {})).accepted).toBe(false);
    expect((await judge(challenge, { id: 'x', response: 1 })).accepted).toBe(false);
  });

  test('[WA-3] without user verification counts as one factor, and never signs in alone', async () => {
    const { register, answer } = house();
    await register();
    expect(await answer({ userVerified: false }, 'second')).toMatchObject({ countsAs: 'security-key' });
    expect(await answer({ userVerified: true }, 'second')).toMatchObject({ countsAs: 'passkey' });
    expect((await answer({ userVerified: false }, 'first')).accepted).toBe(false);
  });

  test('[WA-3] of one that may be copied to other devices counts as such', async () => {
    const { register, answer, kept } = house('ES256', { backupEligible: true });
    await register();
    expect(kept[0]).toMatchObject({ backupEligible: true, backedUp: true });
    expect(await answer()).toMatchObject({ countsAs: 'synced-passkey' });
    expect((await answer({ backupEligible: false, backedUp: false })).accepted).toBe(false);
  });

  test('[WA-3] whose counter went back or stood still is refused with an alert; a device without one is fine', async () => {
    const { register, answer, kept, alerts, device } = house();
    await register();
    kept[0]!.signCount = 10;
    for (const counter of [0, 9, 10]) {
      const judgement = await answer({ counter });
      expect(judgement.accepted).toBe(false);
      if (!judgement.accepted) await judgement.alert?.(tx);
    }
    expect(alerts).toEqual(Array(3).fill(AUTHENTICATOR));
    expect((await answer({ counter: 11 })).accepted).toBe(true);
    kept[0]!.signCount = 0;
    device.counter = null;
    expect((await answer()).accepted).toBe(true);
    expect(alerts).toHaveLength(3);
  });
});

describe('a challenge', () => {
  test('[WA-1] has 32 random bytes, and is stored as a keyed hash alone', async () => {
    const { started } = house();
    const both = await Promise.all([started('first'), started('first')]);
    const [one, two] = both.map(({ options }) =>
      Buffer.from((options as { challenge: string }).challenge, 'base64url'),
    );
    expect(one!.subarray(0, 32)).not.toEqual(two!.subarray(0, 32));
    expect(one!.subarray(32)).toEqual(two!.subarray(32));
    expect(both[0]!.challenge.secretHash).toHaveLength(32);
    expect(one!.includes(both[0]!.challenge.secretHash!)).toBe(false);
  });

  test('[WA-1] is good for its browser, its ceremony, its step and its operation, and nothing else', async () => {
    const { register, started, judge, device } = house();
    await register();
    const { challenge, options } = await started('second', { operationDigest: 'aa' });
    const given = () => device.get(options);
    const elsewhere: Partial<Challenge>[] = [
      { id: '01890a5d-ac96-774b-bcce-b302099a8009' },
      { ceremonyId: '01890a5d-ac96-774b-bcce-b302099a8009' },
      { slot: 'recovery' },
      { operationDigest: 'bb' },
      { operationDigest: null },
      { secretHash: null },
    ];
    for (const change of elsewhere)
      expect((await judge({ ...challenge, ...change }, given())).accepted).toBe(false);
    const thief = { ...presenter, bindingHash: Buffer.alloc(32, 2) };
    expect((await judge(challenge, given(), { presenter: thief })).accepted).toBe(false);
    expect((await judge(challenge, given())).accepted).toBe(true);
  });
});

describe('a new passkey', () => {
  const mutations: [string, Bent][] = [
    ['type', { type: 'webauthn.get' }],
    ['origin', { origin: 'https://attacker.example' }],
    ['page around it', { crossOrigin: true }],
    ['RP ID', { rpId: 'attacker.example' }],
    ['challenge', { challenge: Buffer.alloc(64, 9).toString('base64url') }],
    ['user presence', { userPresent: false }],
    ['backup state', { backedUp: true }],
  ];
  test.each(mutations)('[WA-2] is refused with another %s', async (_, bent) => {
    const { register, kept } = house();
    expect((await register(bent)).accepted).toBe(false);
    expect(kept).toEqual([]);
  });

  test('[WA-2] is refused with an algorithm that is not listed', async () => {
    expect((await house('ES384').register()).accepted).toBe(false);
  });

  test('[WA-3] that cannot verify its user is a security key', async () => {
    const { register, kept } = house('ES256', { userVerified: false });
    expect(await register()).toMatchObject({ accepted: true, countsAs: 'security-key' });
    expect(kept[0]).toMatchObject({ userVerified: false, algorithm: -7, transports: ['internal'] });
  });

  test('[WA-3] is asked for with a handle that says nothing, and excludes those that are there', async () => {
    const { register, started, device } = house();
    const before = (await started(NEW_FACTOR)).options as Record<string, unknown>;
    expect(before).toMatchObject({ excludeCredentials: [], user: { id: handle.toString('base64url') } });
    await register();
    const after = (await started(NEW_FACTOR)).options as { excludeCredentials: { id: string }[] };
    expect(after.excludeCredentials.map(({ id }) => id)).toEqual([device.id]);
  });
});
