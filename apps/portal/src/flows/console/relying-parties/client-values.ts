import type { Authentication, ClientView, NewClient, Scope } from './relying-parties.api.ts';

/** Beside `openid`, which every one has. */
export const SCOPES = ['profile', 'email', 'phone', 'offline_access'] as const;
export const METHODS = ['totp', 'passkey', 'sms-code'] as const;

/** A relying party as a form has it: lists in one text. */
export type ClientValues = Record<
  | 'clientId'
  | 'method'
  | 'jwksUri'
  | 'nameIt'
  | 'nameEn'
  | 'homeUrl'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'scopes'
  | 'secondFactor'
  | 'methods'
  | 'smsAlone'
  | 'registrationPhone',
  string
>;

export function valuesOf(client: ClientView | undefined): ClientValues {
  return {
    clientId: client?.clientId ?? '',
    method: client?.tokenEndpointAuthMethod ?? 'client_secret_basic',
    jwksUri: '',
    nameIt: client?.name.it ?? '',
    nameEn: client?.name.en ?? '',
    homeUrl: client?.homeUrl ?? '',
    redirectUris: (client?.redirectUris ?? []).join('\n'),
    postLogoutRedirectUris: (client?.postLogoutRedirectUris ?? []).join('\n'),
    scopes: (client?.scopes ?? ['email']).join(' '),
    secondFactor: client?.policy.secondFactor ?? 'optional',
    methods: (client?.policy.methods ?? METHODS).join(' '),
    smsAlone: (client?.policy.smsAlone ?? true) ? 'yes' : '',
    registrationPhone: client?.policy.registrationPhone ?? 'optional',
  };
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const wordsOf = (text: string): string[] => text.split(' ').filter(Boolean);

export function toClient(values: ClientValues): NewClient {
  const { clientId, method, jwksUri, homeUrl, secondFactor, registrationPhone } = values;
  return {
    clientId: clientId.trim(),
    tokenEndpointAuthMethod: method as Authentication,
    ...(method === 'private_key_jwt' && { jwksUri: jwksUri.trim() }),
    name: { it: values.nameIt.trim(), en: values.nameEn.trim() },
    ...(homeUrl.trim() !== '' && { homeUrl: homeUrl.trim() }),
    redirectUris: linesOf(values.redirectUris),
    postLogoutRedirectUris: linesOf(values.postLogoutRedirectUris),
    scopes: ['openid', ...wordsOf(values.scopes).filter((one) => one !== 'openid')] as Scope[],
    policy: {
      secondFactor: secondFactor as 'optional' | 'required',
      methods: wordsOf(values.methods),
      registrationPhone: registrationPhone as 'required' | 'optional' | 'none',
      smsAlone: values.smsAlone === 'yes',
    },
  };
}
