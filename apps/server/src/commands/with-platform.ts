import { openPlatform, type Platform } from '../composition/platform.ts';
import { readConfig } from '../platform/config/config.ts';
import { escapeHidden } from '../platform/hidden-characters.ts';
import { openLog } from '../platform/log/log.ts';

/** A line for the person at the terminal, which obeys nothing in it. */
export const say = (line: string): void => {
  process.stdout.write(`${printable(line)}\n`);
};

/** One line, whatever names stand in it. */
export const printable = (line: string): string => escapeHidden(line).replaceAll('\n', '\\n');

/** Runs one command on the configured database, and closes it again. */
export async function withPlatform(work: (platform: Platform) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  const platform = await openPlatform(config, { log: openLog('warn'), say });
  try {
    await work(platform);
  } finally {
    await platform.close();
  }
}
