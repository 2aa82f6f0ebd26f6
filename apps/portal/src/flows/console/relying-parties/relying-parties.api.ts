import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export type ListedClient = Answer<'listRelyingParties'>['relyingParties'][number];
export type ClientView = Answer<'showRelyingParty'>;
export type Authentication = 'client_secret_basic' | 'private_key_jwt' | 'none';
export type Scope = 'openid' | 'profile' | 'email' | 'phone' | 'offline_access';

/** What a form changes of a relying party. */
export interface EditedClient {
  name: { it: string; en: string };
  homeUrl?: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  scopes: Scope[];
  policy: ClientView['policy'];
}

export interface NewClient extends EditedClient {
  clientId: string;
  tokenEndpointAuthMethod: Authentication;
  jwksUri?: string;
}

export async function listClients(): Promise<ListedClient[]> {
  const answer = await callApi<Answer<'listRelyingParties'>>('GET', '/console/relying-parties');
  return answer.relyingParties;
}

const pathOf = (client: string): string => `/console/relying-parties/${encodeURIComponent(client)}`;

export const showClient = (client: string): Promise<ClientView> => callApi('GET', pathOf(client));

/** @returns its secret, where it has one: shown this once */
export async function addClient(wanted: NewClient, approval: string | undefined): Promise<string | null> {
  const body = { ...wanted, approval };
  return (await callApi<Answer<'addRelyingParty'>>('POST', '/console/relying-parties', body)).clientSecret;
}

export const editClient = (
  client: string,
  wanted: EditedClient,
  approval: string | undefined,
): Promise<void> => callApi('PUT', pathOf(client), { ...wanted, approval });

export async function rotateSecret(client: string, approval: string | undefined): Promise<string | null> {
  const path = `${pathOf(client)}/secret`;
  return (await callApi<Answer<'rotateRelyingPartySecret'>>('POST', path, { approval })).clientSecret;
}

export const switchClient = (client: string, isOn: boolean, approval: string | undefined): Promise<void> =>
  callApi('POST', `${pathOf(client)}/switch`, { isOn, approval });

export type Rule = ClientView['policy'];
export type Rehearsal = NonNullable<Answer<'readRehearsal'>['rehearsal']>;
export type RehearsalResult = Extract<NonNullable<Rehearsal['outcome']>, { kind: 'done' }>;
export type RehearsedDays = 7 | 30 | 90;

export async function readRehearsal(client: string): Promise<Rehearsal | null> {
  return (await callApi<Answer<'readRehearsal'>>('GET', `${pathOf(client)}/rehearsal`)).rehearsal;
}

export const rehearseRule = (client: string, policy: Rule, days: RehearsedDays): Promise<void> =>
  callApi('POST', `${pathOf(client)}/rehearsal`, { policy, days });
