import type { Command } from 'commander';
import { readBrand } from '../composition/brand.ts';
import type { Platform } from '../composition/platform.ts';
import { createHasher } from '../factors/password/password-hashing.ts';
import { importClients, importPeople, rejectsFileOf } from '../flows/operator/import/import.command.ts';
import { progressLog, summaryLine } from '../flows/operator/import/progress-log.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { readClientsFile } from '../protocols/oidc/clients-file.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import { say, withPlatform } from './with-platform.ts';

interface Options {
  file?: string;
  clients?: string;
  rejects?: string;
  dryRun?: boolean;
}

/** `sigillo import`: accounts and relying parties in bulk. */
export function importCommand(program: Command): void {
  program
    .command('import')
    .description('Create accounts in bulk; run again with the same file, it goes on where it stood')
    .option('--file <file>', 'people as a JSON array or JSON Lines')
    .option('--clients <file>', 'relying parties, in the format of the clients file')
    .option('--rejects <file>', 'where to list what became no account')
    .option('--dry-run', 'check everything and write nothing')
    .action((options: Options) => {
      if (!options.file && !options.clients) throw new StartRefused('Give --file, --clients or both.');
      return withPlatform(async (platform) => {
        if (options.clients) await importClientsOf(platform, options.clients, options.dryRun === true);
        if (options.file) await importPeopleOf(platform, options.file, options);
      });
    });
}

async function importClientsOf(platform: Platform, file: string, dryRun: boolean): Promise<void> {
  const clients = readClientsFile(file);
  if (!dryRun) await importClients(platform, relyingPartyStore(platform.db, platform.keyring), clients);
  say(
    `${dryRun ? 'Nothing was written; fit to be registered' : 'Registered'}: ${clients.length} relying parties.`,
  );
}

/** Node computes four hashes at once; nothing else waits for them here. */
const HASHES_AT_ONCE = 4;

async function importPeopleOf(platform: Platform, file: string, options: Options): Promise<void> {
  const { config, clock } = platform;
  const { memoryKib, passes, lanes } = config.passwords;
  const parameters = { memoryKib, passes, lanes };
  const hasher = createHasher({ parameters, concurrency: HASHES_AT_ONCE, queueLength: HASHES_AT_ONCE });
  const settings = {
    allowedPhoneCountries: config.sms.countries,
    serviceName: readBrand(config).name,
    identityProvider: config.identities.provider,
  };
  const dryRun = options.dryRun === true;
  const rejectsFile = options.rejects ?? rejectsFileOf(file, dryRun);
  const onProgress = progressLog(clock, say);
  const result = await importPeople(
    { ...platform, hasher, settings },
    { file, rejectsFile, dryRun, onProgress },
  );
  say(summaryLine(result, rejectsFile, dryRun));
}
