import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { afterRestoreCommand } from './commands/after-restore.command.ts';
import { auditCommands } from './commands/audit.command.ts';
import { clientCommands } from './commands/client.command.ts';
import { configCommands } from './commands/config.command.ts';
import { importCommand } from './commands/import.command.ts';
import { keysCommands } from './commands/keys.command.ts';
import { messagesCommands } from './commands/messages.command.ts';
import { migrateCommand } from './commands/migrate.command.ts';
import { operatorCommands } from './commands/operator.command.ts';
import { serveCommand } from './commands/serve.command.ts';
import { tokensCommands } from './commands/tokens.command.ts';
import { StartRefused } from './platform/start-refused.ts';

/** Reads the command line and runs what it says; faults an administrator can mend are told in one sentence. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('sigillo')
    .description('Self-hosted platform for digital identity')
    .version(packageJson.version);
  serveCommand(program);
  migrateCommand(program);
  importCommand(program);
  clientCommands(program);
  keysCommands(program);
  auditCommands(program);
  configCommands(program);
  afterRestoreCommand(program);
  messagesCommands(program);
  tokensCommands(program);
  operatorCommands(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
