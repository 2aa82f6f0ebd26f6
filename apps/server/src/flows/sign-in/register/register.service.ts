import type { LinkTokens } from '../../../factors/email-link/email-link.factor.ts';
import { newLinkToken } from '../../../factors/email-link/link-token.ts';
import { hashNewPassword, type PasswordChoice } from '../../../factors/password/choose-password.ts';
import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import type { Identifiers } from '../../../gate/account-ports.ts';
import { ceremonyGone } from '../../../gate/gate.problems.ts';
import { mayMail } from '../../../gate/mail-limit.ts';
import type { Presenter } from '../../../gate/model.ts';
import { OWN_PORTAL } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Interactions } from '../../../gate/relying-party.ts';
import { NOBODY } from '../../../platform/audit/audit.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { parseEmailAddress } from '../../../platform/email-address.ts';
import { badInput } from '../../../platform/http/http.problems.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Message } from '../../../platform/messages/messages.ts';
import { parsePhone } from '../../../platform/phone-number.ts';

/** Somebody who wants an account and has not shown yet that the address is theirs; reserves nothing. */
export interface Registration {
  id: string;
  bindingHash: Buffer;
  email: string;
  phone: string | null;
  passwordHash: string;
  language: 'it' | 'en';
  interaction: string | null;
  homeUrl: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export interface Registrations {
  insert(tx: Tx, registration: Registration): Promise<void>;
  /** The unconfirmed, unexpired one. */
  find(tx: Tx, id: string, now: Date): Promise<Registration | undefined>;
  /** Unconfirmed → confirmed; true for the one caller that did. */
  confirm(tx: Tx, id: string, accountId: string, now: Date): Promise<boolean>;
}

export interface RegisterPorts {
  gate: Gate;
  identifiers: Identifiers;
  registrations: Registrations;
  links: LinkTokens;
  interactions: Interactions;
  passwords: PasswordChoice;
  queue(tx: Tx, message: Message): Promise<string>;
  settings: { issuer: string; allowedPhoneCountries: readonly string[] };
}

export interface Wanted {
  email: string;
  password: string;
  phone: string | undefined;
  language: 'it' | 'en';
  uid: string | undefined;
}

const LINK_SECONDS = 60 * 60;
export const RESEND_SECONDS = 30;
const TRIES = { count: 30, perSeconds: 60 } as const;

/**
 * Takes a registration down and sends its confirmation. An address that has an account already gets another
 * letter; the answer and the time are the same.
 *
 * @throws passwordRefused, phoneNotAccepted, badInput when the relying party wants a number and there is none
 */
export async function register(
  ports: RegisterPorts,
  wanted: Wanted,
  presenter: Presenter,
): Promise<Registration> {
  const { gate, interactions } = ports;
  gate.limits.take(`register:${presenter.client.network}`, TRIES);
  const party = wanted.uid ? (await interactions.find(wanted.uid, presenter))?.relyingParty : undefined;
  const phone = readPhone(ports, wanted.phone, (party?.policy ?? OWN_PORTAL).registrationPhone);
  const email = parseEmailAddress(wanted.email) ?? '';
  const passwordHash = await hashNewPassword(ports.passwords, wanted.password, { email });
  const createdAt = gate.clock.now();
  const registration: Registration = {
    id: uuidv7(createdAt.getTime()),
    bindingHash: presenter.bindingHash,
    email,
    phone,
    passwordHash,
    language: wanted.language,
    interaction: wanted.uid ?? null,
    homeUrl: party?.homeUrl ?? null,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 2 * LINK_SECONDS * 1000),
  };
  await gate.transaction(async (tx) => {
    await ports.registrations.insert(tx, registration);
    await sendConfirmation(ports, tx, registration, presenter);
  });
  return registration;
}

function readPhone(
  { settings }: RegisterPorts,
  phone: string | undefined,
  wanted: 'required' | 'optional' | 'none',
): string | null {
  if (wanted === 'none') return null;
  if (phone === undefined) {
    if (wanted === 'required') throw badInput({ fields: [{ path: 'phone', rule: 'required' }] });
    return null;
  }
  const parsed = parsePhone(phone, settings.allowedPhoneCountries);
  if ('reason' in parsed) throw phoneNotAccepted({ reason: parsed.reason });
  return parsed.e164;
}

async function sendConfirmation(
  ports: RegisterPorts,
  tx: Tx,
  registration: Registration,
  presenter: Presenter,
): Promise<void> {
  const { gate, identifiers, links, settings } = ports;
  const hmac = identifiers.hash(registration.email);
  const holder = hmac && (await identifiers.find(tx, hmac));
  const nowMs = gate.clock.nowMs();
  const link = newLinkToken(nowMs);
  await links.insert(tx, {
    id: link.id,
    secretHash: link.secretHash,
    // Somebody else's address: the link exists for the sake of equal work and confirms nothing.
    purpose: holder ? 'already-registered' : 'confirm-address',
    accountId: null,
    subjectId: registration.id,
    addressHmac: gate.keyring.mac('contact-address', 'email', registration.email),
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + LINK_SECONDS * 1000),
  });
  const { email: to, language } = registration;
  const page = (path: string) => `${settings.issuer}${path}`;
  const content = holder
    ? {
        template: 'already-registered',
        params: { signInLink: page('/sign-in'), resetLink: page('/forgot-password') },
      }
    : {
        template: 'confirm-address',
        params: { link: page(`/register/confirm#${link.token}`), minutes: String(LINK_SECONDS / 60) },
      };
  if (mayMail(gate, to))
    await ports.queue(tx, { channel: 'email', to, language, lifetimeSeconds: LINK_SECONDS, ...content });
  await gate.audit(tx, {
    type: 'registration-started',
    accountId: holder ?? NOBODY,
    actor: 'holder',
    at: new Date(nowMs),
    client: presenter.client,
    details: { registration: registration.id, knownAddress: holder !== undefined },
  });
}

/**
 * Sends the confirmation again; the earlier link is void.
 *
 * @throws ceremonyGone when the registration is over or belongs to another browser
 */
export async function resendConfirmation(
  ports: RegisterPorts,
  id: string,
  presenter: Presenter,
): Promise<void> {
  const { gate } = ports;
  gate.limits.take(`register:${presenter.client.network}`, TRIES);
  await gate.transaction(async (tx) => {
    const registration = await ports.registrations.find(tx, id, gate.clock.now());
    if (!registration?.bindingHash.equals(presenter.bindingHash)) throw ceremonyGone();
    await sendConfirmation(ports, tx, registration, presenter);
  });
}
