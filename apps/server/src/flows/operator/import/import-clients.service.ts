import type { AuditEvent } from '../../../platform/audit/audit.ts';
import { NOBODY } from '../../../platform/audit/audit.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { StartRefused } from '../../../platform/start-refused.ts';
import { type Fault, readRecord } from './read-record.ts';
import { readRecords } from './record-file.ts';

/** What the protocol does with relying parties; `Client` is a registration it has found good. */
export interface ClientRegistry<Client extends { clientId: string }> {
  /** The registration that an entry of the file describes, or what is wrong with it. */
  read(entry: unknown): { client: Client } | { faults: Fault[] };
  /** Registers it, or replaces its registration. */
  save(tx: Tx, client: Client, at: Date): Promise<void>;
}

export interface ImportClientsPorts<Client extends { clientId: string }> {
  clock: Clock;
  registry: ClientRegistry<Client>;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
}

/**
 * Registers every relying party of a file, or none: there are few of them, and they are read at once.
 *
 * @returns how many
 * @throws StartRefused naming every fault, with its line
 */
export async function importClientsFile<Client extends { clientId: string }>(
  ports: ImportClientsPorts<Client>,
  file: string,
): Promise<number> {
  const clients = await readClients(ports.registry, file);
  const at = ports.clock.now();
  await ports.transaction(async (tx) => {
    for (const client of clients) {
      await ports.registry.save(tx, client, at);
      await ports.audit(tx, {
        type: 'relying-party-imported',
        accountId: NOBODY,
        actor: 'operator',
        at,
        details: { clientId: client.clientId },
      });
    }
  });
  return clients.length;
}

async function readClients<Client extends { clientId: string }>(
  registry: ClientRegistry<Client>,
  file: string,
): Promise<Client[]> {
  const clients: Client[] = [];
  const faults: string[] = [];
  for await (const records of readRecords(file)) {
    for (const raw of records) {
      const read = readRecord(raw);
      const result = 'value' in read ? registry.read(read.value) : read;
      if ('client' in result) clients.push(result.client);
      else
        faults.push(
          ...result.faults.map(({ field, reason }) => `Line ${raw.line}: ${`${field} ${reason}`.trim()}`),
        );
    }
  }
  if (faults.length > 0) throw new StartRefused([`${file}: nothing was imported.`, ...faults].join('\n'));
  return clients;
}
