import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import { type Db, inTransaction } from '../../platform/database/database.ts';
import { StartRefused } from '../../platform/start-refused.ts';
import { Registration } from './registration.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';

const ClientsFile = z.array(Registration).superRefine((entries, context) => {
  const seen = new Set<string>();
  for (const [index, { clientId }] of entries.entries()) {
    if (seen.has(clientId))
      context.addIssue({ code: 'custom', path: [index, 'clientId'], message: 'stands in the file twice' });
    seen.add(clientId);
  }
});

/**
 * Reads a clients file.
 *
 * @throws StartRefused with every fault on a line of its own; values are not repeated, they may be secrets
 */
export function readClientsFile(path: string): Registration[] {
  return parseClients(readJson(path), path);
}

/** @throws StartRefused as `readClientsFile` */
export function parseClients(json: unknown, path: string): Registration[] {
  const { data, error } = ClientsFile.safeParse(json);
  if (data) return data;
  const faults = error.issues.map((issue) => `  ${z.core.toDotPath(issue.path)}: ${issue.message}`);
  throw new StartRefused(`The clients file ${path} cannot be used:\n${faults.join('\n')}`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new StartRefused(`The clients file ${path} ${reason}`);
  }
}

/** Makes the registered relying parties of the file what the file says; those it no longer names are disabled. */
export async function applyClientsFile(
  { db, relyingParties, clock }: { db: Db; relyingParties: RelyingPartyStore; clock: Clock },
  entries: readonly Registration[],
): Promise<void> {
  const now = clock.now();
  await inTransaction(db, async (tx) => {
    for (const entry of entries) await relyingParties.save(tx, entry, 'config', now);
    const kept = entries.map(({ clientId }) => clientId);
    await relyingParties.disableOthers(tx, 'config', kept, now);
  });
}
