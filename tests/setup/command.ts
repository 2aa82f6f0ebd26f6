import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PopulatedInstallation } from './populated.ts';
import { program } from './program.ts';
import { COMPILED, urlOf } from './server.ts';

/** How a command ended, and what it printed; where it failed, also to the standard error. */
export interface CommandOutcome {
  code: number;
  text: string;
}

/**
 * Runs `sigillo` as an operator of an installation does.
 *
 * @param folder its data directory
 * @param settings more settings, as the nodes have them
 */
export async function runCommand(
  on: PopulatedInstallation,
  { folder, settings = {} }: { folder: string; settings?: Record<string, string> },
  args: readonly string[],
): Promise<CommandOutcome> {
  const env = {
    PATH: process.env.PATH,
    ...COMPILED,
    ...settings,
    SIGILLO_MASTER_KEY: on.masterKey,
    SIGILLO_PROFILE: 'test',
    SIGILLO_ISSUER: on.server.issuer,
    SIGILLO_DATA_DIRECTORY: folder,
    DATABASE_URL: urlOf(on.database.address),
  };
  return promisify(execFile)(process.execPath, [program(), ...args], { env }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }),
  );
}
