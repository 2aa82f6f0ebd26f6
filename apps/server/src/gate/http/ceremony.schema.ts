import { z } from 'zod';

const method = z
  .string()
  .describe(
    'password, totp, sms-code, passkey, app-push, app-qr, app-code, hardware-token, email-code, recovery-code; more as factors are added',
  );
const time = z.iso.datetime();

/** What the browser is asked with, in the standard's own JSON. */
export const PublicKeyOptions = z
  .record(z.string(), z.unknown())
  .describe(
    'What to hand to the browser (WebAuthn Level 3 §5.1.8 and §5.1.9): options that create a passkey, or ask for one',
  );

export const RelyingPartyView = z
  .object({
    clientId: z.string(),
    name: z.object({ it: z.string(), en: z.string() }),
    logoUrl: z.string().nullable(),
    homeUrl: z.string().nullable(),
    chatUrl: z.string().nullable(),
    caseNumberLabel: z.enum(['case', 'claim']),
  })
  .meta({ id: 'RelyingParty' });

export const MethodOption = z
  .object({
    slot: z.string(),
    method,
    target: z.string().nullable(),
    label: z.string().describe('A masked number or address, or the name the holder gave the authenticator'),
    needsSend: z.boolean().describe('A code has to be sent first'),
    preferred: z.boolean().describe('What the holder chose to be asked for first'),
  })
  .meta({ id: 'MethodOption' });

export const ChallengeView = z
  .object({
    id: z.string(),
    slot: z.string(),
    method,
    target: z.string().nullable(),
    sentTo: z.string().nullable().describe('Masked'),
    expiresAt: time,
    resendAt: time.nullable(),
    triesLeft: z.int(),
    state: z
      .enum(['open', 'refused', 'wrong', 'replaced', 'expired'])
      .describe('What became of what was asked in an app; anything else is shown while it is open'),
    number: z.string().nullable().describe('What the holder types into the app, where it is asked'),
    publicKey: PublicKeyOptions.nullable(),
  })
  .meta({ id: 'Challenge' });

export const SetUpView = z
  .object({
    methods: z.array(method),
    first: method,
    phone: z.string().nullable().describe('A number that waits to be confirmed, E.164'),
    required: z.boolean(),
  })
  .meta({ id: 'SetUp' });

export const CeremonyView = z
  .object({
    id: z.string(),
    purpose: z
      .string()
      .describe(
        'sign-in, step-up, add-authenticator, recover-second-factor, link-app, approve-operation, lift-suspension',
      ),
    relyingParty: RelyingPartyView.nullable(),
    state: z.enum(['open', 'satisfied']),
    account: z.object({ email: z.string().describe('Masked until satisfied') }),
    proven: z.array(method),
    options: z.array(MethodOption),
    setUp: SetUpView.nullable(),
    canRecover: z.boolean(),
    renewal: z
      .boolean()
      .describe('The password is right and its time is over: a new one is asked for before anything opens'),
    renewalLater: z.boolean().describe('That will be asked for, once what is asked for now was proven'),
    challenge: ChallengeView.nullable(),
    expiresAt: time,
  })
  .meta({ id: 'Ceremony' });

export const CeremonyAnswer = z.object({ ceremony: CeremonyView });
export const ChallengeAnswer = z.object({ challenge: ChallengeView });

/** `{id}` of a ceremony in a path. */
export const CeremonyParams = z.object({ id: z.string().min(1).max(64) });
