import { type Clock, DAY_MS } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { CaseFile } from './case.ts';
import type { Cases } from './cases.ports.ts';

/** How long a file waits for the others, and for being handed in. */
const ASIDE_MS = DAY_MS;

/** Puts a file aside for a case that is not handed in yet; whoever never does leaves nothing behind after a day. */
export function putAside(
  { cases, gate: { clock } }: { cases: Pick<Cases, 'putAside'>; gate: { clock: Clock } },
  tx: Tx,
  accountId: string,
  file: CaseFile,
): Promise<void> {
  const at = clock.now();
  return cases.putAside(tx, accountId, file, at, new Date(at.getTime() + ASIDE_MS));
}
