import { join } from 'node:path';
import { checkpointFile } from '../platform/audit/checkpoint-file.ts';
import { loadOrMakeCheckpointKey } from '../platform/audit/checkpoint-key.ts';
import type { SealerPorts } from '../platform/audit/sealer.ts';
import type { Config } from '../platform/config/config.ts';
import type { Platform } from './platform.ts';

/** Where this node appends checkpoints. */
export const checkpointPath = ({ audit, dataDirectory }: Config): string =>
  audit.checkpointFile ?? join(dataDirectory, 'audit-checkpoints.txt');

/** Where this node appends what must stay revoked. */
export const revocationPath = ({ audit, dataDirectory }: Config): string =>
  audit.revocationFile ?? join(dataDirectory, 'revocations.txt');

/** What sealing the audit needs. */
export async function sealerPorts({ config, db, clock, keyring, log }: Platform): Promise<SealerPorts> {
  const key = await loadOrMakeCheckpointKey(db, keyring, clock.now());
  return { db, clock, key, issuer: config.issuer, published: checkpointFile(checkpointPath(config)), log };
}
