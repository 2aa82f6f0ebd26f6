import { describe, expect, test } from 'vitest';
import { type Authenticator, type Door, type Policy, reach } from './index.ts';

const authenticators: Authenticator[] = [
  { id: 'a-password', method: 'password', channelId: 'head', bindingLevel: 3 },
  { id: 'a-totp', method: 'totp', channelId: 'app', bindingLevel: 2 },
  { id: 'a-sms', method: 'sms-code', channelId: 'phone', bindingLevel: 2 },
  { id: 'a-mail', method: 'email-code', channelId: 'mail', bindingLevel: 1 },
  { id: 'a-paper', method: 'recovery-code', channelId: 'paper', bindingLevel: 2 },
];

const signIn = (level: 1 | 2): Policy => ({
  needs: [{ need: 'level', level, secondFactors: null, smsAlone: true, maxAgeSeconds: null }],
  bound: false,
});

const doors: Door[] = [
  { name: 'sign in', policy: signIn(1) },
  { name: 'sign in with two factors', policy: signIn(2) },
  {
    name: 'reset the password',
    policy: {
      needs: [{ need: 'slot', slot: 'recovery', methods: ['email-code'], target: 'a-mail' }],
      bound: true,
    },
    gains: ([channelId]) => ({ id: 'new', method: 'password', channelId: channelId!, bindingLevel: 3 }),
  },
  {
    name: 'replace the second factor',
    policy: { needs: [{ need: 'channels', count: 2 }], bound: false },
    gains: () => ({ id: 'new-app', method: 'totp', channelId: 'new-app', bindingLevel: 2 }),
  },
];

const whoHas = (...channels: string[]) => reach({ authenticators, doors }, { channels: new Set(channels) });

describe('what could someone holding only X reach?', () => {
  test('[REC-4] a mailbox alone resets the password and signs in with it, and never gets the second factor', () => {
    expect(whoHas('mail').sort()).toEqual(['reset the password', 'sign in']);
  });
  test('a password alone', () => expect(whoHas('head')).toEqual(['sign in']));
  test('a phone number alone, a phone alone, a slip of paper alone: nothing', () => {
    expect(whoHas('phone')).toEqual([]);
    expect(whoHas('app')).toEqual([]);
    expect(whoHas('paper')).toEqual([]);
  });
  test('[REC-3] a mailbox and the authenticator together are the account; the docs say so', () => {
    expect(whoHas('mail', 'app')).toContain('sign in with two factors');
  });
  test('[WA-3] an unlocked passkey alone signs in with two factors; a key that is only touched alone does nothing', () => {
    const passkey: Authenticator = { id: 'a-key', method: 'passkey', channelId: 'key', bindingLevel: 2 };
    const touchKey = { ...passkey, id: 'a-touch', method: 'security-key', channelId: 'touch' };
    const house = { authenticators: [...authenticators, passkey, touchKey], doors };
    const whoHolds = (channel: string) => reach(house, { channels: new Set([channel]) });
    expect(whoHolds('key')).toContain('sign in with two factors');
    expect(whoHolds('touch')).toEqual([]);
    expect(whoHolds('mail')).not.toContain('sign in with two factors');
  });
  test('a password and the paper replace a lost second factor', () => {
    expect(whoHas('head', 'paper')).toContain('sign in with two factors');
  });
});
