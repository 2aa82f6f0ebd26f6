import { describe, expect, test } from 'vitest';
import type { CeremonyView, ChallengeView, MethodOption } from '../api/contract.ts';
import { EVERY_WAY, nextStep, optionKey } from './next-step.ts';

const app: MethodOption = {
  slot: 'second',
  method: 'totp',
  target: 'a1',
  label: 'Phone',
  needsSend: false,
  preferred: false,
};
const sms: MethodOption = {
  slot: 'second',
  method: 'sms-code',
  target: 'a2',
  label: '+39 ••• ••• 4321',
  needsSend: true,
  preferred: false,
};
const sent: ChallengeView = {
  id: 'h1',
  slot: 'second',
  method: 'sms-code',
  target: 'a2',
  sentTo: '+39 ••• ••• 4321',
  expiresAt: '2026-01-01T00:05:00Z',
  resendAt: null,
  triesLeft: 5,
  state: 'open',
  number: null,
  publicKey: null,
};
const setUp = { methods: ['totp' as const], first: 'totp' as const, phone: null, required: true };

function ceremony(changes: Partial<CeremonyView>): CeremonyView {
  return {
    id: 'c1',
    purpose: 'sign-in',
    relyingParty: null,
    state: 'open',
    account: { email: 'a•••@example.org' },
    proven: ['password'],
    options: [],
    setUp: null,
    canRecover: false,
    renewal: false,
    renewalLater: false,
    challenge: null,
    expiresAt: '2026-01-01T00:10:00Z',
    ...changes,
  };
}

describe('the holder of several methods', () => {
  test('chooses among them', () => {
    const step = nextStep(ceremony({ options: [app, sms] }), undefined);
    expect(step).toEqual({ kind: 'choose', options: [app, sms] });
  });

  test('goes on with the chosen one; a code is sent only when asked for', () => {
    const open = ceremony({ options: [app, sms] });
    expect(nextStep(open, optionKey(app))).toEqual({ kind: 'prove', option: app, challenge: null });
    expect(nextStep(open, optionKey(sms))).toEqual({ kind: 'send', option: sms });
  });

  test('types the code that was sent for that very option', () => {
    const open = ceremony({ options: [app, sms], challenge: sent });
    expect(nextStep(open, optionKey(sms))).toEqual({ kind: 'prove', option: sms, challenge: sent });
    const otherNumber = ceremony({ options: [sms], challenge: { ...sent, target: 'a9' } });
    expect(nextStep(otherNumber, undefined)).toEqual({ kind: 'send', option: sms });
  });

  test('chooses again when the choice is no longer among them', () => {
    expect(nextStep(ceremony({ options: [app, sms] }), 'recovery-code').kind).toBe('choose');
  });
});

describe('the holder of our own app', () => {
  const push: MethodOption = {
    slot: 'second',
    method: 'app-push',
    target: null,
    label: '',
    needsSend: true,
    preferred: false,
  };
  const asked: ChallengeView = {
    ...sent,
    method: 'app-push',
    target: null,
    sentTo: null,
    number: '493',
  };

  test('is notified only when asked for, then reads the number', () => {
    const open = ceremony({ options: [push, sms] });
    expect(nextStep(open, 'app-push')).toEqual({ kind: 'push', option: push, challenge: null });
    expect(nextStep({ ...open, challenge: asked }, 'app-push')).toEqual({
      kind: 'push',
      option: push,
      challenge: asked,
    });
    expect(nextStep({ ...open, challenge: asked }, undefined).kind).toBe('choose');
  });

  test('is told how the notification ended', () => {
    const refused: ChallengeView = { ...asked, number: null, state: 'refused' };
    expect(nextStep(ceremony({ options: [push], challenge: refused }), undefined)).toEqual({
      kind: 'push',
      option: push,
      challenge: refused,
    });
  });

  test('does not read the number of another method', () => {
    const step = nextStep(ceremony({ options: [push, sms], challenge: sent }), 'app-push');
    expect(step).toEqual({ kind: 'push', option: push, challenge: null });
  });

  test('scans a picture that is none of the ceremony’s challenges, and types a code like any other', () => {
    const scan = { ...push, method: 'app-qr', needsSend: false, preferred: false };
    const code = { ...push, method: 'app-code', needsSend: false, preferred: false };
    const open = ceremony({ options: [scan, code], challenge: asked });
    expect(nextStep(open, 'app-qr')).toEqual({ kind: 'scan', option: scan });
    expect(nextStep(open, 'app-code')).toEqual({ kind: 'prove', option: code, challenge: null });
  });
});

describe('who prefers a way to get codes', () => {
  const preferred = { ...sms, preferred: true };

  test('is asked for it first, and sees every way when asking for them', () => {
    const open = ceremony({ options: [app, preferred] });
    expect(nextStep(open, undefined)).toEqual({ kind: 'send', option: preferred });
    expect(nextStep(open, EVERY_WAY).kind).toBe('choose');
    expect(nextStep(open, optionKey(app))).toMatchObject({ kind: 'prove', option: app });
  });
});

test('the only method needs no choosing', () => {
  expect(nextStep(ceremony({ options: [sms] }), undefined)).toEqual({ kind: 'send', option: sms });
});

test('a second factor is set up when one is required, or when nothing else leads on', () => {
  expect(nextStep(ceremony({ setUp }), undefined)).toEqual({ kind: 'set-up', setUp });
  expect(nextStep(ceremony({ setUp, options: [app] }), undefined).kind).toBe('set-up');
  const offered = { ...setUp, required: false };
  expect(nextStep(ceremony({ setUp: offered, options: [app] }), undefined).kind).toBe('prove');
});

test('a satisfied ceremony asks nothing more, whatever it still offers', () => {
  expect(nextStep(ceremony({ state: 'satisfied', setUp, options: [app] }), undefined)).toEqual({
    kind: 'satisfied',
  });
});

test('with nothing left to prove a person has to help', () => {
  expect(nextStep(ceremony({}), undefined)).toEqual({ kind: 'stuck' });
});
