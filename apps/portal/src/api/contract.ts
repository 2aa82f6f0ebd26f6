/**
 * What the first-party API speaks, by short names; the types are made from the server's own description of it.
 * Times are ISO 8601; ids are opaque.
 */
import type { operations, Schemas } from '@sigillo/api-client';

type Success<R> = R extends { 200: infer S }
  ? S
  : R extends { 201: infer S }
    ? S
    : R extends { 202: infer S }
      ? S
      : never;

/** The JSON that an operation answers when it succeeds. */
export type Answer<O extends keyof operations> =
  Success<operations[O]['responses']> extends { content: { 'application/json': infer A } } ? A : never;

export type SetUpMethod = 'totp' | 'sms-code' | 'passkey' | 'hardware-token';

export type RelyingPartyView = Schemas['RelyingParty'];
export type MethodOption = Schemas['MethodOption'];
export type ChallengeView = Schemas['Challenge'];
export type SetUpView = Schemas['SetUp'];
export type CeremonyView = Schemas['Ceremony'];
export type AuthenticatorView = Schemas['Authenticator'];
export type QrTicketView = Schemas['QrTicket'];
export type DeviceView = Schemas['Device'];
export type PairingView = Schemas['Pairing'];
export type SignInView = Answer<'startSignIn'>;
export type EnrolmentView = Answer<'startEnrolment'>['enrolment'];
export type SessionView = Answer<'getSession'>;
export type ConsoleSessionView = Answer<'getConsoleSession'>;
export type OperatorRole = NonNullable<ConsoleSessionView['operator']>['roles'][number];
export type AccountView = Answer<'getAccount'>;
export type SessionEntry = Answer<'listSessions'>['sessions'][number];
export type ConsentEntry = Answer<'listConsents'>['consents'][number];
export type ConsentRequestView = Answer<'getConsent'>;
export type IdentityView = Answer<'listOwnIdentities'>['identities'][number];
export type NoticesView = Answer<'getNotices'>;
export type PrivacyView = Schemas['Privacy'];
export type ResidenceView = Schemas['Residence'];
export type PlacesView = Answer<'listPlaces'>;
export type CodeDeliveryView = Answer<'getCodeDelivery'>;
export type CodeDelivery = CodeDeliveryView['setUp'][number];
export type ProviderView = Answer<'getProvider'>;
export type BrandView = Answer<'getBrand'>;
export type HistoryPageView = Answer<'readAccessHistory'>;
export type AccessEntry = HistoryPageView['accesses'][number];
export type HistoryServiceView = AccessEntry['service'];
export type HistorySummaryView = Answer<'summariseAccessHistory'>;
export type AuditKeyView = Answer<'getAuditKey'>;
