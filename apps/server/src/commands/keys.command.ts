import type { Command } from 'commander';
import { addSealKey, rewrapDataKeys } from '../platform/keyring/data-keys.ts';
import { readMasterKeys } from '../platform/keyring/master-key.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { signingKeysCommands } from './signing-keys.command.ts';
import { say, withPlatform } from './with-platform.ts';

/** `sigillo keys`: the keys that seal the database, and those that sign tokens. */
export function keysCommands(program: Command): void {
  const keys = program.command('keys').description('The keys that seal the database and sign tokens');
  signingKeysCommands(keys);

  keys
    .command('rewrap')
    .description('Wrap the data keys with the new master key; the server may run meanwhile')
    .action(() =>
      withPlatform(async ({ config, db }) => {
        const { current, previous } = readMasterKeys(config);
        if (!previous) throw new StartRefused('Set SIGILLO_PREVIOUS_MASTER_KEY or its _FILE to the old key.');
        const count = await rewrapDataKeys(db, previous, current);
        say(`${count} data keys are wrapped with the new master key. The old one is not needed any more.`);
      }),
    );

  keys
    .command('add')
    .description('Make a new key that seals from now on; what older ones sealed still opens')
    .action(() =>
      withPlatform(async ({ config, db, clock }) => {
        const id = await addSealKey(db, readMasterKeys(config).current, clock.nowMs());
        say(`Key ${id} seals from now on, once every node has learned of it (five minutes).`);
      }),
    );
}
