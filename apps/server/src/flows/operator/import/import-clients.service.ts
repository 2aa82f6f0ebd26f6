import { type AuditEvent, NOBODY } from '../../../platform/audit/audit.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { StartRefused } from '../../../platform/start-refused.ts';

/** Where the protocol keeps relying parties; `Client` is a registration it has found good. */
export interface ClientRegistry<Client> {
  list(): Promise<{ clientId: string; source: string }[]>;
  /** Registers it, or replaces its registration. */
  save(tx: Tx, client: Client, source: 'import', now: Date): Promise<void>;
}

export interface ImportClientsPorts<Client> {
  clock: Clock;
  registry: ClientRegistry<Client>;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
}

/**
 * Registers relying parties, all or none; one that is there already is replaced.
 *
 * @throws StartRefused when one of them stands in the clients file, which would take it back at the next start
 */
export async function registerClients<Client extends { clientId: string }>(
  { clock, registry, transaction, audit }: ImportClientsPorts<Client>,
  clients: readonly Client[],
): Promise<void> {
  await refuseConfigured(registry, clients);
  const at = clock.now();
  await transaction(async (tx) => {
    for (const client of clients) {
      await registry.save(tx, client, 'import', at);
      const details = { clientId: client.clientId };
      await audit(tx, { type: 'relying-party-imported', accountId: NOBODY, actor: 'operator', at, details });
    }
  });
}

async function refuseConfigured<Client extends { clientId: string }>(
  registry: ClientRegistry<Client>,
  clients: readonly Client[],
): Promise<void> {
  const wanted = new Set(clients.map(({ clientId }) => clientId));
  const configured = (await registry.list()).filter(({ source }) => source === 'config');
  const both = configured.flatMap(({ clientId }) => (wanted.has(clientId) ? [clientId] : []));
  if (both.length > 0)
    throw new StartRefused(`Nothing was imported: the clients file has ${both.join(', ')} already.`);
}
