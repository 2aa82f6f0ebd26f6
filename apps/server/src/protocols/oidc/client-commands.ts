import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import { type Db, inTransaction } from '../../platform/database/database.ts';
import { newSecret } from '../../platform/ids.ts';
import { StartRefused } from '../../platform/start-refused.ts';
import { Registration } from './registration.ts';
import type { ListedRelyingParty, RelyingPartyStore } from './relying-party-ports.ts';

export interface ClientCommandDeps {
  db: Db;
  relyingParties: RelyingPartyStore;
  clock: Clock;
}

/** What `sigillo client add` is told; a secret is made, never given. */
export type NewClient = Omit<z.input<typeof Registration>, 'clientSecret'>;

/**
 * Registers a relying party, or replaces a registration that was made by this command.
 *
 * @returns the secret, to be shown once and stored nowhere in the clear; undefined for a public client, and for
 *   one with keys
 * @throws StartRefused with every fault, or when the clients file or an import has the id
 */
export async function addClient(deps: ClientCommandDeps, wanted: NewClient): Promise<string | undefined> {
  const secret = wanted.tokenEndpointAuthMethod.startsWith('client_secret')
    ? newSecret().toString('base64url')
    : undefined;
  const parsed = Registration.safeParse({ ...wanted, ...(secret && { clientSecret: secret }) });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${z.core.toDotPath(issue.path)}: ${issue.message}`);
    throw new StartRefused(`The client cannot be registered:\n${faults.join('\n')}`);
  }
  await refuseForeign(deps, wanted.clientId);
  await inTransaction(deps.db, (tx) => deps.relyingParties.save(tx, parsed.data, 'cli', deps.clock.now()));
  return secret;
}

/**
 * One relying party.
 *
 * @throws StartRefused when there is none of this id
 */
export async function showClient(deps: ClientCommandDeps, clientId: string): Promise<ListedRelyingParty> {
  const found = (await listClients(deps)).find((one) => one.clientId === clientId);
  if (!found) throw new StartRefused(`There is no client ${clientId}`);
  return found;
}

/** Every relying party, disabled ones too. */
export function listClients({ relyingParties }: ClientCommandDeps): Promise<ListedRelyingParty[]> {
  return relyingParties.list();
}

/**
 * Disables a relying party: nobody can sign in to it, and what it was given is dead. What holders consented to
 * is remembered, should it come back.
 *
 * @throws StartRefused when there is none of this id, or the clients file has it
 */
export async function removeClient(deps: ClientCommandDeps, clientId: string): Promise<void> {
  const found = (await deps.relyingParties.list()).find((one) => one.clientId === clientId);
  if (found?.source === 'config')
    throw new StartRefused(`${clientId} stands in the clients file: take it out there and start again`);
  const isDone = await inTransaction(deps.db, (tx) =>
    deps.relyingParties.disable(tx, clientId, deps.clock.now()),
  );
  if (!isDone) throw new StartRefused(`There is no client ${clientId}`);
}

async function refuseForeign({ relyingParties }: ClientCommandDeps, clientId: string): Promise<void> {
  const known = (await relyingParties.list()).find((one) => one.clientId === clientId);
  if (known && known.source !== 'cli') {
    const owner = known.source === 'config' ? 'the clients file' : 'an import';
    throw new StartRefused(`${clientId} was registered by ${owner}; it is changed there`);
  }
}
