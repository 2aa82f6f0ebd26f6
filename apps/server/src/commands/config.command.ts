import type { Command } from 'commander';
import type { Finding } from '../composition/checks/finding.ts';
import { checkInstallation } from '../composition/checks/installation.ts';
import { say } from './with-platform.ts';

/** `sigillo config`: whether this installation could start. */
export function configCommands(program: Command): void {
  const config = program.command('config').description('The settings of this installation');

  config
    .command('check')
    .description('Look at settings, files, database and ports as a start would, and change nothing')
    .option('--json', 'answer with JSON, for programs')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await checkInstallation(process.env);
      const ok = findings.every(({ state }) => state !== 'fault');
      const text = json ? JSON.stringify({ ok, findings }, null, 2) : [...report(findings)].join('\n');
      for (const line of text.split('\n')) say(line);
      if (!ok) process.exitCode = 1;
    });
}

const WORDS = { ok: 'ok', warning: 'warning', fault: 'FAULT' };

function* report(findings: readonly Finding[]): Iterable<string> {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  for (const { subject, state, says } of findings)
    yield `${WORDS[state].padEnd(7)}  ${subject.padEnd(width)}  ${says.replaceAll('\n', `\n${' '.repeat(width + 11)}`)}`;
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const verdict =
    count('fault') === 0 ? 'The server can start' : 'The server would not start, or not do all it should';
  yield '';
  yield `${count('fault')} faults, ${count('warning')} warnings. ${verdict}.`;
}
