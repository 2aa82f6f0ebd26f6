import type { RulesCompared } from '../../gate/rehearse.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type BadField, badInput, notFound } from '../../platform/http/http.problems.ts';
import { defineProblem } from '../../platform/http/problems.ts';
import { newSecret } from '../../platform/ids.ts';
import { Registration } from './registration.ts';
import type { ListedRelyingParty, RegistrationSource, RelyingPartyStore } from './relying-party-ports.ts';

export const clientExists = defineProblem(
  'relying-party-exists',
  409,
  'There is a relying party of this id',
  'Choose another id, or change the one that is there.',
);
export const clientFixed = defineProblem(
  'relying-party-fixed',
  409,
  'This relying party is changed elsewhere',
  'It stands in the clients file: change it there and start again.',
);

/** What administrators change of a registration in the console; everything else of it stays as it is. */
export interface EditedClient {
  name: { it: string; en: string };
  homeUrl?: string | undefined;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  scopes: string[];
  policy: {
    secondFactor: 'optional' | 'required';
    methods: string[];
    registrationPhone: 'required' | 'optional' | 'none';
    smsAlone: boolean;
  };
}

export interface NewConsoleClient extends EditedClient {
  clientId: string;
  tokenEndpointAuthMethod: 'client_secret_basic' | 'private_key_jwt' | 'none';
  jwksUri?: string | undefined;
}

export interface AdministerPorts {
  relyingParties: Pick<RelyingPartyStore, 'list' | 'findRegistration' | 'save' | 'disable'>;
  clock: Clock;
}

/** A relying party with what the console changes of it. */
export interface AdministeredClient extends ListedRelyingParty, EditedClient {
  isFixed: boolean;
  hasSecret: boolean;
}

const isFixed = (source: RegistrationSource): boolean => source === 'config';

/** @throws notFound */
export async function showForConsole(
  { relyingParties }: AdministerPorts,
  tx: Tx,
  clientId: string,
): Promise<AdministeredClient> {
  const found = await relyingParties.findRegistration(tx, clientId);
  const listed = (await relyingParties.list()).find((one) => one.clientId === clientId);
  if (!found || !listed) throw notFound();
  const { name, homeUrl, redirectUris, postLogoutRedirectUris, scopes, policy } = found.registration;
  return {
    ...listed,
    ...{ name, homeUrl, redirectUris, postLogoutRedirectUris, scopes, policy },
    isFixed: isFixed(found.source),
    hasSecret: found.registration.clientSecret !== undefined,
  };
}

/**
 * Registers a relying party that is not there yet, by the rules of `sigillo client add`.
 *
 * @returns its secret, shown this once; undefined where it has none
 * @throws clientExists, badInput
 */
export async function addFromConsole(
  { relyingParties, clock }: AdministerPorts,
  tx: Tx,
  wanted: NewConsoleClient,
): Promise<string | undefined> {
  if (await relyingParties.findRegistration(tx, wanted.clientId)) throw clientExists();
  const { clientId, tokenEndpointAuthMethod, jwksUri, ...edited } = wanted;
  const secret = tokenEndpointAuthMethod === 'client_secret_basic' ? secretText() : undefined;
  const entry = checked({
    clientId,
    tokenEndpointAuthMethod,
    ...(jwksUri && { jwksUri }),
    ...(secret && { clientSecret: secret }),
    ...fieldsOf(edited),
  });
  await relyingParties.save(tx, entry, 'cli', clock.now());
  return secret;
}

/** @throws notFound, clientFixed, badInput */
export async function editFromConsole(
  { relyingParties, clock }: AdministerPorts,
  tx: Tx,
  clientId: string,
  edited: EditedClient,
): Promise<void> {
  const { registration, source } = await changeable(relyingParties, tx, clientId);
  const { homeUrl: _, ...kept } = registration;
  await relyingParties.save(
    tx,
    checked({ ...kept, ...fieldsOf(edited, kept.policy.first) }),
    source,
    clock.now(),
  );
}

/**
 * Gives a relying party another secret; the one it had is worth nothing from then on.
 *
 * @returns the new one, shown this once
 * @throws notFound when there is none or it has no secret, clientFixed
 */
export async function rotateFromConsole(
  { relyingParties, clock }: AdministerPorts,
  tx: Tx,
  clientId: string,
): Promise<string> {
  const { registration, source } = await changeable(relyingParties, tx, clientId);
  if (registration.clientSecret === undefined) throw notFound();
  const clientSecret = secretText();
  await relyingParties.save(tx, { ...registration, clientSecret }, source, clock.now());
  return clientSecret;
}

/**
 * Nobody signs in to it any more, and what it was given is dead; or the other way round.
 *
 * @throws notFound, clientFixed
 */
export async function switchFromConsole(
  { relyingParties, clock }: AdministerPorts,
  tx: Tx,
  clientId: string,
  isOn: boolean,
): Promise<void> {
  const { registration, source } = await changeable(relyingParties, tx, clientId);
  if (isOn) return relyingParties.save(tx, registration, source, clock.now());
  if (!(await relyingParties.disable(tx, clientId, clock.now()))) throw notFound();
}

/**
 * What a relying party asks now, and what it would ask by another rule, by the same checks as a change.
 *
 * @throws notFound, badInput
 */
export async function rulesToCompare(
  { relyingParties }: AdministerPorts,
  tx: Tx,
  clientId: string,
  wanted: EditedClient['policy'],
): Promise<RulesCompared> {
  const found = await relyingParties.findRegistration(tx, clientId);
  if (!found) throw notFound();
  const { registration } = found;
  const now = registration.policy;
  const wished = { ...registration, policy: wholePolicy(wanted, now.first) };
  return { now, wished: checked(wished).policy };
}

async function changeable(relyingParties: AdministerPorts['relyingParties'], tx: Tx, clientId: string) {
  const found = await relyingParties.findRegistration(tx, clientId);
  if (!found) throw notFound();
  if (isFixed(found.source)) throw clientFixed();
  return found;
}

const secretText = (): string => newSecret().toString('base64url');

/** @param offered the method that was offered first until now, which stays so while it is accepted */
function fieldsOf({ policy, homeUrl, ...edited }: EditedClient, offered?: string) {
  return { ...edited, ...(homeUrl && { homeUrl }), policy: wholePolicy(policy, offered) };
}

/** Level and first offer follow from the rest. */
function wholePolicy(policy: EditedClient['policy'], offered?: string) {
  const first = policy.methods.find((one) => one === offered) ?? policy.methods[0];
  return { ...policy, level: policy.secondFactor === 'required' ? 2 : 1, first };
}

/** @throws badInput, naming every field that broke a rule */
function checked(entry: object): Registration {
  const parsed = Registration.safeParse(entry);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(
    (issue): BadField => ({ path: String(issue.path[0] ?? ''), rule: 'invalid' }),
  );
  throw badInput({ fields: distinct(fields) });
}

const distinct = (fields: BadField[]): BadField[] => [
  ...new Map(fields.map((field) => [field.path, field])).values(),
];
