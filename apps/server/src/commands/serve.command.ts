import type { Command } from 'commander';
import { startNode } from '../main.ts';
import { readConfig } from '../platform/config/config.ts';
import { weakSettings } from '../platform/config/weak-settings.ts';
import { openLog } from '../platform/log/log.ts';
import { onStop } from './on-stop.ts';

/** `sigillo serve`: one node; several may run on one DATABASE_URL. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('Start one node')
    .option('--port <number>', 'the port to listen on (SIGILLO_PORT)')
    .option('--pid-file <file>', 'where to write the process number (SIGILLO_PID_FILE)')
    .action(async (options: { port?: string; pidFile?: string }) => {
      const config = readConfig({
        ...process.env,
        ...(options.port === undefined ? {} : { SIGILLO_PORT: options.port }),
        ...(options.pidFile === undefined ? {} : { SIGILLO_PID_FILE: options.pidFile }),
      });
      const log = openLog(config.logLevel);
      if (config.profile === 'production')
        for (const weakness of weakSettings(config))
          log.warn({ weakness }, 'a setting would better be another');
      const say = (line: string) => log.info(line);
      const hooks = config.profile === 'production' ? {} : await import('../platform/clock/shift-date.ts');
      const node = await startNode(config, { log, say, ...hooks });
      log.info({ url: node.url, issuer: config.issuer, profile: config.profile }, 'listening');
      onStop(node.close);
    });
}
