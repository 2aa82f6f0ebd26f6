import type { Level, LevelNeed, Method, Policy, RenewedNeed } from '@sigillo/assurance';
import type { Contact } from './model.ts';

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
  account: { hasSecond: boolean; phoneId: string | null; unconfirmedPhoneId: string | null },
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
  const renewed = renewedPassword(account);
  // What was held for long speaks first; a factor is set up only by who has a password that is good.
  return { needs: account.hasSecond ? [...needs, renewed] : [renewed, ...needs], bound: false };
}

/**
 * A password that is over opens nothing until another one is in its place ([SPID-CRD-2]). That takes as much as every
 * change of it ([PW-5]): the second factor, which the sign-in asks for before; of who has none a code to the phone.
 */
function renewedPassword(account: { hasSecond: boolean; phoneId: string | null }): RenewedNeed {
  const { hasSecond, phoneId } = account;
  const after = hasSecond || phoneId === null ? null : codeTo('sms-code', phoneId);
  return { need: 'renewed', slot: CURRENT_PASSWORD, after };
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

/** Ceremonies of operators: signing in to the console, taking an invitation up, deciding something. */
export const CONSOLE_SIGN_IN = 'console-sign-in';
export const OPERATOR_SET_UP = 'operator-set-up';
export const OPERATOR_DECISION = 'operator-decision';

const LEVEL_3: LevelNeed = {
  need: 'level',
  level: 3,
  secondFactors: ['passkey'],
  smsAlone: false,
  maxAgeSeconds: null,
};

/** What the console asks: the password, then a key bound to its device that answers for this very sign-in. */
export function consoleSignInPolicy(passwordId: string | null): Policy {
  const password = { need: 'slot' as const, slot: 'first', methods: ['password'], target: passwordId };
  return { needs: [password, LEVEL_3], bound: true };
}

/** What an operator's decision asks: the key, which answers for this very decision. */
export const decisionPolicy: Policy = { needs: [LEVEL_3], bound: true };
/** Ceremonies and operations in which an app says that its holder is on the telephone with help desk. */
export const CALLER_VERIFICATION = 'caller-verification';

/** The slot in which who has no second factor confirms an operation by a code to a contact of the account. */
const CONFIRM_OPERATION = 'confirm-operation';

/**
 * The same where a one-time code is wanted also of who has no second factor: it goes to the account's confirmed number,
 * or address. Given for this very operation.
 */
export function confirmationPolicy(
  freshSeconds: number,
  account: { hasSecond: boolean; contacts: readonly Contact[] },
): Policy {
  if (account.hasSecond) return approvalPolicy(freshSeconds);
  const confirmed = account.contacts.filter((one) => one.verifiedAt !== null);
  const target = confirmed.find(({ kind }) => kind === 'phone') ?? confirmed[0];
  if (!target) return approvalPolicy(freshSeconds);
  const methods = [target.kind === 'phone' ? 'sms-code' : 'email-code'];
  return { needs: [{ need: 'slot', slot: CONFIRM_OPERATION, methods, target: target.id }], bound: true };
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
  const renewed = renewedPassword({ hasSecond, phoneId: null });
  return { needs: asksPhone ? [level, phone, renewed] : [level, renewed], bound: false };
}

/** Slots in which a code confirms the number it was sent to, unless it was confirmed before. */
export const CONFIRMING: readonly string[] = ['confirm-phone', LINK_PHONE];

/** The slot in which a number given at registration is confirmed; met as soon as the number is. */
export const CONFIRM_PHONE = 'confirm-phone';

export const NEW_FACTOR = 'new-factor';

/** The slot of the password in use, typed again by who wants another one. */
export const CURRENT_PASSWORD = 'current-password';

/** The slot in which a contact in use authorises that something of the account is changed. */
const AUTHORISE = 'authorise';

/** The slot in which a contact that is not one of the account's yet proves that its codes arrive. */
export const NEW_CONTACT = 'new-contact';

/** The slot in which a contact that was replaced speaks up once more. */
export const OLD_CONTACT = 'old-contact';

/** Changing the password: the one in use, then the second factor, or the phone of who has no second factor [PW-5]. */
export function changePasswordPolicy(
  freshSeconds: number,
  passwordId: string,
  also: { hasSecond: boolean; phoneId: string | null },
): Policy {
  const current = {
    need: 'slot' as const,
    slot: CURRENT_PASSWORD,
    methods: ['password'],
    target: passwordId,
  };
  const second = also.hasSecond
    ? [{ need: 'fresh' as const, withinSeconds: freshSeconds }]
    : also.phoneId === null
      ? []
      : [codeTo('sms-code', also.phoneId)];
  return { needs: [current, ...second], bound: true };
}

/** A code to a contact in use, which authorises a change. */
const codeTo = (method: 'sms-code' | 'email-code', contactId: string) => ({
  need: 'slot' as const,
  slot: AUTHORISE,
  methods: [method],
  target: contactId,
});

/** What authorises that a contact is changed: the phone in use; else the second factor; else the mailbox in use. */
export type Authorising = { phoneId: string } | { second: true } | { emailId: string };

/** Changing a contact: what authorises it, then a code to the new one; both for this very operation [REC-5]. */
export function changeContactPolicy(
  freshSeconds: number,
  by: Authorising,
  newMethod: 'sms-code' | 'email-code',
): Policy {
  const fresh = { need: 'fresh' as const, withinSeconds: freshSeconds };
  const authorise =
    'phoneId' in by
      ? codeTo('sms-code', by.phoneId)
      : 'emailId' in by
        ? codeTo('email-code', by.emailId)
        : fresh;
  const arrives = { need: 'slot' as const, slot: NEW_CONTACT, methods: [newMethod], target: null };
  return { needs: [authorise, arrives], bound: true };
}

/** Confirming a contact that the account has: a code to it. */
export function verifyContactPolicy(method: 'sms-code' | 'email-code', contactId: string): Policy {
  return {
    needs: [{ need: 'slot', slot: 'confirm-contact', methods: [method], target: contactId }],
    bound: true,
  };
}

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

/** The one ceremony that a suspended account reaches. */
export const LIFT_SUSPENSION = 'lift-suspension';

/**
 * What lifting a suspension takes: the second factor of who has one. Whoever lost it, or has none, proves two channels
 * instead, as in a recovery ([REC-4]).
 */
export function liftPolicy(hasUsableSecond: boolean): Policy {
  const level: LevelNeed = {
    need: 'level',
    level: hasUsableSecond ? 2 : 1,
    secondFactors: null,
    smsAlone: true,
    maxAgeSeconds: null,
  };
  return { needs: hasUsableSecond ? [level] : [level, { need: 'channels', count: 2 }], bound: false };
}

/** A suspension that somebody asks for who has nothing but the account's number. */
export const SUSPEND_BY_PHONE = 'suspend-by-phone';

/** Undoing a change of contact: the link that was sent to the old one, for this operation alone [REC-6]. */
export function cancelChangePolicy(contactId: string): Policy {
  return {
    needs: [{ need: 'slot', slot: OLD_CONTACT, methods: ['email-link'], target: contactId }],
    bound: true,
  };
}

/** Resetting a password: the link that was sent to this address, for this operation alone. */
export function resetPasswordPolicy(contactId: string): Policy {
  return {
    needs: [{ need: 'slot', slot: 'address', methods: ['email-link'], target: contactId }],
    bound: true,
  };
}
