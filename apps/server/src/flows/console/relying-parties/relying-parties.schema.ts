import { z } from 'zod';

const label = z.string().trim().min(1).max(80);
const approval = z.string().max(64).optional();
const uris = z.array(z.string().trim().min(1).max(500)).max(50);

/** What is asked of whoever signs in. */
export const Rule = z.strictObject({
  secondFactor: z.enum(['optional', 'required']),
  methods: z.array(z.string().max(40)).min(1).max(20),
  registrationPhone: z.enum(['required', 'optional', 'none']),
  smsAlone: z.boolean(),
});

const edited = {
  name: z.strictObject({ it: label, en: label }),
  homeUrl: z.string().trim().max(500).optional(),
  redirectUris: uris,
  postLogoutRedirectUris: uris,
  scopes: z.array(z.enum(['openid', 'profile', 'email', 'phone', 'offline_access'])),
  policy: Rule,
};

const clientId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/);

export const ClientParams = z.object({ client: clientId });
export const EditClient = z.strictObject({ ...edited, approval });
export const AddClient = z.strictObject({
  clientId,
  tokenEndpointAuthMethod: z.enum(['client_secret_basic', 'private_key_jwt', 'none']),
  jwksUri: z.string().trim().max(500).optional(),
  ...edited,
  approval,
});
export const SwitchClient = z.strictObject({ isOn: z.boolean(), approval });
export const RotateClient = z.strictObject({ approval });
export const Shown = z.object({ clientSecret: z.string().nullable().describe('Shown this once') });

const listed = {
  clientId: z.string(),
  source: z.enum(['config', 'cli', 'import']),
  name: z.object({ it: z.string(), en: z.string() }),
  tokenEndpointAuthMethod: z.string(),
  isEnabled: z.boolean(),
};

export const ListedClient = z.object(listed).meta({ id: 'ListedRelyingParty' });
export const ClientView = z
  .object({
    ...listed,
    homeUrl: z.string().nullable(),
    redirectUris: z.array(z.string()),
    postLogoutRedirectUris: z.array(z.string()),
    scopes: z.array(z.string()),
    policy: z.object({
      secondFactor: z.enum(['optional', 'required']),
      methods: z.array(z.string()),
      registrationPhone: z.enum(['required', 'optional', 'none']),
      smsAlone: z.boolean(),
    }),
    isFixed: z.boolean().describe('Stands in the clients file, where it is changed'),
    hasSecret: z.boolean(),
    highSecurity: z.boolean(),
  })
  .meta({ id: 'AdministeredRelyingParty' });
