import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Platform } from '../composition/platform.ts';
import { type AuditEvent, writeAudit } from '../platform/audit/audit.ts';
import type { Tx } from '../platform/database/database.ts';
import { StartRefused } from '../platform/start-refused.ts';
import {
  addClient,
  listClients,
  type NewClient,
  removeClient,
  showClient,
} from '../protocols/oidc/client-commands.ts';
import { retryLogouts } from '../protocols/oidc/retry-logouts.ts';
import { logoutStore } from '../stores/oidc/logout.store.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import { describeClient, describeInLine } from './describe-client.ts';
import { say, withPlatform } from './with-platform.ts';

interface AddOptions {
  name: string;
  nameIt?: string;
  home?: string;
  redirect: string[];
  signedOut?: string[];
  backChannelLogout?: string;
  public?: boolean;
  keys?: string;
  keysUri?: string;
  alg: string;
  dpop?: boolean;
  highSecurity?: boolean;
  compatibility?: string[];
  scope?: string[];
  mfa?: boolean;
  phone: 'required' | 'optional' | 'none';
  logo?: string;
}

const depsOf = ({ db, keyring, clock }: Platform) => ({
  db,
  clock,
  relyingParties: relyingPartyStore(db, keyring),
});

/** `sigillo client`: relying parties one by one; many are better kept in the clients file. */
export function clientCommands(program: Command): void {
  const client = program.command('client').description('Relying parties');

  client
    .command('add <client-id>')
    .description('Register a relying party; its secret is shown this once')
    .requiredOption('--name <name>', 'what people are shown')
    .requiredOption('--redirect <uri...>', 'where a browser may be sent with a code')
    .option('--name-it <name>', 'the Italian name, if it is another')
    .option('--home <url>', 'its home page')
    .option('--signed-out <uri...>', 'where a browser may be sent after signing out')
    .option('--back-channel-logout <uri>', 'where its server is told that a session ended')
    .option('--public', 'it can keep no secret: PKCE alone')
    .option('--keys <file>', 'it signs assertions: its public keys, a JWK set')
    .option('--keys-uri <url>', 'the same, at an address')
    .option('--alg <alg>', 'what it signs them with: ES256, PS256 or Ed25519', 'ES256')
    .option('--dpop', 'its tokens are bound to a key, always')
    .option('--high-security', 'it is held to the FAPI 2.0 Security Profile')
    .option('--compatibility <switch...>', 'what it may do against our rules: see the guide')
    .option('--scope <scope...>', 'email, phone, profile, offline_access')
    .option('--mfa', 'a second factor is demanded')
    .option('--phone <when>', 'a phone number at registration: required, optional or none', 'optional')
    .option('--logo <file>', 'an SVG or PNG of 64 KiB at most')
    .action((clientId: string, options: AddOptions) =>
      withPlatform(async (platform) => {
        const secret = await addClient(depsOf(platform), registrationOf(clientId, options));
        say(`${clientId} is registered.`);
        if (secret) say(`Its secret, shown only now: ${secret}`);
      }),
    );

  client
    .command('list')
    .description('Show every relying party')
    .action(() =>
      withPlatform(async (platform) => {
        for (const one of await listClients(depsOf(platform))) say(describeInLine(one));
      }),
    );

  client
    .command('show <client-id>')
    .description('Show all that is registered of a relying party, but for its secret')
    .action((clientId: string) =>
      withPlatform(async (platform) => {
        for (const line of describeClient(await showClient(depsOf(platform), clientId))) say(line);
      }),
    );

  logoutsCommands(client);

  client
    .command('remove <client-id>')
    .description('Disable a relying party: nobody signs in to it, and what it was given is dead')
    .action((clientId: string) =>
      withPlatform(async (platform) => {
        await removeClient(depsOf(platform), clientId);
        say(`${clientId} is disabled.`);
      }),
    );
}

function logoutsCommands(client: Command): void {
  client
    .command('logouts')
    .description('Show the relying parties that could not be told that a session ended, the latest first')
    .action(() =>
      withPlatform(async ({ db }) => {
        for (const { clientId, sessionId, givenUpAt, attempts, reason } of await logoutStore(db).dead(1000))
          say(
            `${givenUpAt.toISOString()}  ${clientId}  session ${sessionId}  ${attempts} attempts: ${reason}`,
          );
      }),
    );

  client
    .command('retry-logouts')
    .argument('[client-ids...]', 'which; without any, all')
    .description('Tell relying parties again, by back channel, what was given up: that sessions ended')
    .action((clientIds: string[]) =>
      withPlatform(async ({ db, keyring, clock, transaction }) => {
        const ports = {
          notices: logoutStore(db),
          clock,
          transaction,
          audit: (tx: Tx, event: AuditEvent) => writeAudit(tx, keyring, event),
        };
        say(`${await retryLogouts(ports, clientIds)} logouts are told again.`);
      }),
    );
}

function registrationOf(clientId: string, options: AddOptions): NewClient {
  return {
    clientId,
    name: { en: options.name, it: options.nameIt ?? options.name },
    redirectUris: options.redirect,
    postLogoutRedirectUris: options.signedOut ?? [],
    ...authenticationOf(options),
    dpopBoundAccessTokens: options.dpop ?? false,
    highSecurity: options.highSecurity ?? false,
    compatibility: (options.compatibility ?? []) as NewClient['compatibility'],
    scopes: ['openid', ...(options.scope ?? [])] as NewClient['scopes'],
    ...(options.backChannelLogout ? { backchannelLogoutUri: options.backChannelLogout } : {}),
    ...(options.home ? { homeUrl: options.home } : {}),
    ...(options.logo ? { logo: dataUri(options.logo) } : {}),
    policy: {
      level: options.mfa ? 2 : 1,
      secondFactor: options.mfa ? 'required' : 'optional',
      methods: ['totp', 'passkey', 'sms-code'],
      first: 'totp',
      registrationPhone: options.phone,
      smsAlone: true,
    },
  };
}

type Authentication = Pick<
  NewClient,
  'tokenEndpointAuthMethod' | 'tokenEndpointAuthSigningAlg' | 'jwks' | 'jwksUri'
>;

function authenticationOf({ keys, keysUri, alg, ...options }: AddOptions): Authentication {
  if (options.public) return { tokenEndpointAuthMethod: 'none' };
  if (keys === undefined && keysUri === undefined) return { tokenEndpointAuthMethod: 'client_secret_basic' };
  return {
    tokenEndpointAuthMethod: 'private_key_jwt',
    tokenEndpointAuthSigningAlg: alg as Authentication['tokenEndpointAuthSigningAlg'],
    ...(keys !== undefined && { jwks: readKeys(keys) }),
    ...(keysUri !== undefined && { jwksUri: keysUri }),
  };
}

function readKeys(file: string): Authentication['jwks'] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new StartRefused(`The keys in ${file} cannot be read as JSON`);
  }
}

function dataUri(file: string): string {
  const type = /\.svg$/i.test(file) ? 'image/svg+xml' : 'image/png';
  try {
    return `data:${type};base64,${readFileSync(file).toString('base64')}`;
  } catch {
    throw new StartRefused(`The logo ${file} cannot be read`);
  }
}
