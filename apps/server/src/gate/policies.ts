import type { Level, LevelNeed, Method, Policy } from '@sigillo/assurance';

/** What a relying party asks of a sign-in; registered with it. */
export interface RelyingPartyPolicy {
  level: 1 | 2;
  secondFactor: 'optional' | 'required';
  /** Second factors it accepts; the first of `first` is offered first in the wizard. */
  methods: Method[];
  first: Method;
  registrationPhone: 'required' | 'optional' | 'none';
  /** Whether SMS may be the only second factor. */
  smsAlone: boolean;
}

/** For the portals of the installation itself. */
export const OWN_PORTAL: RelyingPartyPolicy = {
  level: 1,
  secondFactor: 'optional',
  methods: ['totp', 'passkey', 'sms-code'],
  first: 'totp',
  registrationPhone: 'optional',
  smsAlone: true,
};

export interface SignInWish {
  /** Level that the request itself asks for (`acr_values`, an essential `acr` claim). */
  level: Level | null;
  /** OpenID Connect Core §3.1.2.1 `max_age`; 0 for `prompt=login`. */
  maxAgeSeconds: number | null;
}

const SECOND_FACTORS: readonly Method[] = ['totp', 'passkey', 'sms-code'];

/**
 * What a sign-in must prove. Who has a second factor is always asked for it, also where the relying party
 * would be content with less: a factor that can be skipped protects nothing.
 */
export function signInPolicy(
  relyingParty: RelyingPartyPolicy,
  wish: SignInWish,
  account: { hasSecond: boolean; unconfirmedPhoneId: string | null },
): Policy {
  const demanded = Math.max(
    relyingParty.level,
    relyingParty.secondFactor === 'required' ? 2 : 1,
    wish.level ?? 1,
  ) as Level;
  const level = Math.max(demanded, account.hasSecond ? 2 : 1) as Level;
  const need: LevelNeed = {
    need: 'level',
    level,
    secondFactors: demanded >= 2 ? relyingParty.methods : null,
    smsAlone: demanded >= 2 ? relyingParty.smsAlone : true,
    maxAgeSeconds: wish.maxAgeSeconds,
  };
  const asksPhone = relyingParty.registrationPhone === 'required' && account.unconfirmedPhoneId !== null;
  const phone = { need: 'slot' as const, slot: CONFIRM_PHONE, methods: ['sms-code'] };
  const needs = asksPhone ? [need, { ...phone, target: account.unconfirmedPhoneId }] : [need];
  return { needs, bound: false };
}

/** What a sensitive operation asks of a session: its level, and something proven lately (ASVS 7.5.1). */
export function sensitivePolicy(freshSeconds: number, accountHasSecond: boolean): Policy {
  return {
    needs: [
      {
        need: 'level',
        level: accountHasSecond ? 2 : 1,
        secondFactors: null,
        smsAlone: true,
        maxAgeSeconds: null,
      },
      { need: 'fresh', withinSeconds: freshSeconds },
    ],
    bound: false,
  };
}

/**
 * What approving an operation of one's own asks of who is signed in: the second factor, of who has one, else the
 * password; given for this very operation.
 */
export function approvalPolicy(freshSeconds: number): Policy {
  return { needs: [{ need: 'fresh', withinSeconds: freshSeconds }], bound: true };
}

/** The slot in which somebody without a second factor proves the number of the account when they link an app. */
const LINK_PHONE = 'link-phone';

/** What an app can hand in: a passkey belongs to our pages, and a QR code is shown by one. */
export const APP_HANDS_IN: readonly Method[] = ['totp', 'sms-code', 'app-code', 'app-push'];

/**
 * What linking an app takes that has nothing but name and password to begin with: the second factor of who has one,
 * a code to the account's number of who has none, the password alone where there is not even a number.
 *
 * @param phoneId the number; null where there is none, or no message can be sent
 */
export function linkAppPolicy(hasSecond: boolean, phoneId: string | null): Policy {
  const level: LevelNeed = {
    need: 'level',
    level: hasSecond ? 2 : 1,
    secondFactors: ['totp', 'sms-code'],
    smsAlone: true,
    maxAgeSeconds: null,
  };
  const asksPhone = !hasSecond && phoneId !== null;
  const phone = { need: 'slot' as const, slot: LINK_PHONE, methods: ['sms-code'], target: phoneId };
  return { needs: asksPhone ? [level, phone] : [level], bound: false };
}

/** Slots in which a code confirms the number it was sent to, unless it was confirmed before. */
export const CONFIRMING: readonly string[] = ['confirm-phone', LINK_PHONE];

/** The slot in which a number given at registration is confirmed; met as soon as the number is. */
export const CONFIRM_PHONE = 'confirm-phone';

export const NEW_FACTOR = 'new-factor';

/** Replacing a lost second factor: two ways of two channels, then the new factor itself (800-63B-4 §4.2.2.2). */
export function recoverSecondFactorPolicy(): Policy {
  return {
    needs: [
      { need: 'channels', count: 2 },
      { need: 'slot', slot: NEW_FACTOR, methods: SECOND_FACTORS, target: null },
    ],
    bound: false,
  };
}

/** Resetting a password: the link that was sent to this address, for this operation alone. */
export function resetPasswordPolicy(contactId: string): Policy {
  return {
    needs: [{ need: 'slot', slot: 'address', methods: ['email-link'], target: contactId }],
    bound: true,
  };
}
