import { describe, expect, test } from 'vitest';
import type { CeremonyView, ChallengeView, MethodOption } from '../api/contract.ts';
import { nextStep, optionKey } from './next-step.ts';

const app: MethodOption = { slot: 'second', method: 'totp', target: 'a1', label: 'Phone', needsSend: false };
const sms: MethodOption = {
  slot: 'second',
  method: 'sms-code',
  target: 'a2',
  label: '+39 ••• ••• 4321',
  needsSend: true,
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
