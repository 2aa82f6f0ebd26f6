import { createBoundedQueue } from '../../../factors/password/bounded-queue.ts';
import { loadCommonPasswords } from '../../../factors/password/common-passwords.ts';
import type { PasswordHasher } from '../../../factors/password/password-hashing.ts';
import { type AuditEvent, writeAudit } from '../../../platform/audit/audit.ts';
import { writeFirstEvents } from '../../../platform/audit/first-events.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/database/database.ts';
import { keepPartitions } from '../../../platform/database/partitions.ts';
import type { Keyring } from '../../../platform/keyring/keyring.ts';
import { StartRefused } from '../../../platform/start-refused.ts';
import { bulkImportStore } from '../../../stores/accounts/bulk-import.store.ts';
import { bulkIdentityStore } from '../../../stores/identities/bulk-identity.store.ts';
import { importRunStore } from '../../../stores/import-run.store.ts';
import { type ClientRegistry, registerClients } from './import-clients.service.ts';
import { type ImportPorts, type ImportProgress, importPeopleFile } from './import-people.service.ts';

/** What an import works with: the same as the server's. */
export interface ImportSurroundings {
  db: Db;
  keyring: Keyring;
  clock: Clock;
  hasher: PasswordHasher;
  settings: {
    allowedPhoneCountries: readonly string[];
    serviceName: string;
    /** The four letters with which codes of digital identities begin that are made here. */
    identityProvider: string;
  };
}

export interface ImportPeopleOptions {
  file: string;
  /** `rejectsFileOf(file)` unless told otherwise. */
  rejectsFile?: string;
  /** Checks everything, and writes nothing but the list of rejects. */
  dryRun?: boolean;
  onProgress?(progress: ImportProgress): void;
}

/** Node computes at most this many hashes at once. */
const HASHES_AT_ONCE = 4;

/**
 * Imports the people of a file, as docs/operations/import.md describes it. Works in any profile, beside a
 * running server, and may be interrupted: started again with the same file, it goes on where it stood.
 *
 * @throws StartRefused with what the operator can mend
 */
export async function importPeople(
  surroundings: ImportSurroundings,
  options: ImportPeopleOptions,
): Promise<ImportProgress> {
  const { file, dryRun = false } = options;
  const rejectsFile = options.rejectsFile ?? rejectsFileOf(file, dryRun);
  if (rejectsFile === file) throw new StartRefused('The list of rejects would overwrite the file.');
  const { db, clock, settings } = surroundings;
  // A million audit rows go to the partition of their month at once: moving them later would take long.
  if (!dryRun) await keepPartitions(db, clock.nowMs());
  return importPeopleFile(portsOf(surroundings), {
    file,
    rejectsFile,
    dryRun,
    rules: {
      phoneCountries: settings.allowedPhoneCountries,
      commonPasswords: loadCommonPasswords(),
      brand: settings.serviceName,
    },
    onProgress: options.onProgress ?? (() => undefined),
  });
}

/**
 * Registers relying parties that the protocol has read and found good, all or none.
 *
 * @throws StartRefused when one of them stands in the clients file
 */
export function importClients<Client extends { clientId: string }>(
  { db, keyring, clock }: Pick<ImportSurroundings, 'db' | 'keyring' | 'clock'>,
  registry: ClientRegistry<Client>,
  clients: readonly Client[],
): Promise<void> {
  const ports = {
    clock,
    registry,
    transaction: <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work),
    audit: (tx: Tx, event: AuditEvent) => writeAudit(tx, keyring, event),
  };
  return registerClients(ports, clients);
}

/** Where the records that become no account are listed: beside the file. */
export function rejectsFileOf(file: string, dryRun: boolean): string {
  return `${file}.${dryRun ? 'dry-run' : 'rejects'}.jsonl`;
}

function portsOf({ db, keyring, clock, hasher, settings }: ImportSurroundings): ImportPorts {
  const queue = createBoundedQueue({
    concurrency: HASHES_AT_ONCE,
    queueLength: Number.POSITIVE_INFINITY,
    overflow: () => new Error('endless'),
  });
  return {
    db,
    clock,
    accounts: bulkImportStore(keyring),
    identities: bulkIdentityStore(keyring),
    provider: settings.identityProvider,
    runs: importRunStore,
    hashPassword: (password) => queue(() => hasher.hash(password)),
    transaction: (work) => inTransaction(db, work),
    audit: (tx, events) => writeFirstEvents(tx, keyring, events),
  };
}
