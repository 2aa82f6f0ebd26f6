import type { Command } from 'commander';
import { checkpointPath, revocationPath, sealerPorts } from '../composition/audit.ts';
import type { Platform } from '../composition/platform.ts';
import { afterRestore } from '../flows/operator/restore/after-restore.service.ts';
import { type Revocation, readRevocation } from '../platform/audit/revocations.ts';
import { resumeAudit } from '../platform/audit/sealer.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { restoredStore } from '../stores/gate/restored.store.ts';
import { newestOf, readCheckpoints, readLines } from './kept-files.ts';
import { say, withPlatform } from './with-platform.ts';

interface Options {
  revocations?: string[];
  checkpoints?: string[];
  withoutRevocations?: true;
}

/** `sigillo after-restore`: a backup was brought back, and no node runs yet. */
export function afterRestoreCommand(program: Command): void {
  program
    .command('after-restore')
    .description('After a restored backup, before any node starts: end all that is open, revoke again, go on')
    .option('--revocations <files...>', 'what was revoked, kept by every node; without it, by this machine’s')
    .option('--checkpoints <files...>', 'published checkpoints of every node; without it, of this machine’s')
    .option(
      '--without-revocations',
      'nothing of it was kept: what was revoked since the backup is valid again',
    )
    .action((options: Options) => withPlatform((platform) => makeSafe(platform, options)));
}

async function makeSafe(platform: Platform, options: Options): Promise<void> {
  const revocations = options.withoutRevocations ? [] : await readRevocations(platform, options);
  const ports = await sealerPorts(platform);
  const checkpoints = await readCheckpoints(
    options.checkpoints ?? [checkpointPath(platform.config)],
    ports.key,
  );
  const count = await afterRestore({ ...platform, restored: restoredStore }, revocations);
  say(`Everything that was open has ended; ${count} of ${revocations.length} revocations were done again.`);
  const newest = newestOf(checkpoints);
  if (!newest) throw new StartRefused('There is no checkpoint from which the audit could go on.');
  try {
    const head = await resumeAudit(ports, newest);
    say(`The audit goes on with block ${head.block}.`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say(error.message);
  }
}

/** @throws StartRefused when a file is not there: without them what was revoked since would be valid again */
async function readRevocations({ config }: Platform, { revocations }: Options): Promise<Revocation[]> {
  const lines: string[] = [];
  for (const file of revocations ?? [revocationPath(config)]) lines.push(...(await readLines(file)));
  return lines.map(readRevocation).filter((one) => one !== undefined);
}
