import type { Command } from 'commander';
import { createHasher } from '../factors/password/password-hashing.ts';
import { importPeople } from '../flows/operator/import/import.command.ts';
import { progressLog } from '../flows/operator/import/progress-log.ts';
import { say, withPlatform } from './with-platform.ts';

/** `sigillo import`: accounts and relying parties in bulk. */
export function importCommand(program: Command): void {
  program
    .command('import')
    .description('Create accounts in bulk; run again with the same file, it goes on where it stood')
    .requiredOption('--file <file>', 'people as a JSON array or JSON lines')
    .option('--rejects <file>', 'where to list what became no account')
    .option('--dry-run', 'check everything and write nothing')
    .action((options: { file: string; rejects?: string; dryRun?: boolean }) =>
      withPlatform(async ({ config, db, keyring, clock }) => {
        const { memoryKib, passes, lanes } = config.passwords;
        const parameters = { memoryKib, passes, lanes };
        const hasher = createHasher({ parameters, concurrency: 4, queueLength: 100_000 });
        const settings = { allowedPhoneCountries: config.sms.countries, serviceName: 'Sigillo' };
        await importPeople(
          { db, keyring, clock, hasher, settings },
          {
            file: options.file,
            ...(options.rejects === undefined ? {} : { rejectsFile: options.rejects }),
            dryRun: options.dryRun ?? false,
            onProgress: progressLog(clock, say),
          },
        );
      }),
    );
}
