import type { Command } from 'commander';
import { say, withPlatform } from './with-platform.ts';

/** `sigillo migrate`: every command does it by itself; this one does nothing else. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date')
    .action(() => withPlatform(async () => say('The database is up to date.')));
}
