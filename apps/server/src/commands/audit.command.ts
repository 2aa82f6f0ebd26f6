import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type AuditKey, verifyExport } from '@sigillo/audit-proof';
import type { Command } from 'commander';
import { checkpointPath, sealerPorts } from '../composition/audit.ts';
import type { Checkpoint } from '../platform/audit/checkpoint.ts';
import { publicJwkOf } from '../platform/audit/checkpoint-key.ts';
import { resumeAudit } from '../platform/audit/sealer.ts';
import { type Fault, type Verified, verifyAudit } from '../platform/audit/verify.ts';
import type { Config } from '../platform/config/config.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { newestOf, readCheckpoints } from './kept-files.ts';
import { reportExport } from './report-export.ts';
import { say, withPlatform } from './with-platform.ts';

interface Options {
  checkpoints?: string[];
}

const CHECKPOINTS = '--checkpoints <files...>';
const WHICH = 'files of published checkpoints, of every node; without it, the one that this node writes';
/** A fault concerns a row, or a block of a thousand; more would hide the others. */
const MOST_ROWS_TOLD = 20;

/** `sigillo audit`: whether what is on record is what was recorded. */
export function auditCommands(program: Command): void {
  const audit = program.command('audit').description('The audit: verify it, go on after a restored backup');

  audit
    .command('verify')
    .description('Compute everything again and compare with what was published; the server may run meanwhile')
    .option(CHECKPOINTS, WHICH)
    .action((options: Options) =>
      withPlatform(async (platform) => {
        const { key } = await sealerPorts(platform);
        const checkpoints = await readAll(platform.config, options, key);
        const verified = await verifyAudit(platform.db, { checkpoints, key });
        for (const line of report(verified, checkpoints.length)) say(line);
        if (verified.faults.length > 0) process.exitCode = 1;
      }),
    );

  audit
    .command('resume')
    .description('After a restored backup: go on from the newest published checkpoint, and say so for ever')
    .option(CHECKPOINTS, WHICH)
    .action((options: Options) =>
      withPlatform(async (platform) => {
        const ports = await sealerPorts(platform);
        const checkpoints = await readAll(platform.config, options, ports.key);
        const newest = newestOf(checkpoints);
        if (!newest) throw new StartRefused('There is no checkpoint to go on from.');
        const head = await resumeAudit(ports, newest).catch((error: unknown) => {
          throw error instanceof RangeError ? new StartRefused(error.message) : error;
        });
        say(`The audit goes on with block ${head.block}, after block ${newest.block} as it was published.`);
      }),
    );

  verifyExportCommand(audit);

  audit
    .command('key')
    .description('Print the public key (JWK) that checkpoints are signed with: an auditor keeps it elsewhere')
    .action(() => withPlatform(async (platform) => say(publicJwkOf((await sealerPorts(platform)).key))));
}

function verifyExportCommand(audit: Command): void {
  audit
    .command('verify-export <file>')
    .description('Verify an exported access history (JSON), with the key of this installation or a kept one')
    .option(
      '--key <file>',
      'the public key (JWK) that `sigillo audit key` printed; without it, that of this database',
    )
    .action(async (file: string, { key }: { key?: string }) => {
      const jwk = key === undefined ? await ownKey() : keyIn(await bytesOf(key));
      const verified = await verifyExport(await bytesOf(file), jwk);
      for (const line of reportExport(verified)) say(line);
      if (verified.faults.length > 0) process.exitCode = 1;
    });
}

const bytesOf = (file: string): Promise<Buffer> =>
  readFile(file).catch(() => {
    throw new StartRefused(`${file} cannot be read.`);
  });

function keyIn(bytes: Buffer): AuditKey {
  try {
    return JSON.parse(bytes.toString()) as AuditKey;
  } catch {
    throw new StartRefused('The file of the key is no JWK: it is what `sigillo audit key` prints.');
  }
}

/** The key of this installation, from its database. */
async function ownKey(): Promise<AuditKey> {
  let jwk: AuditKey | undefined;
  await withPlatform(async (platform) => {
    jwk = JSON.parse(publicJwkOf((await sealerPorts(platform)).key)) as AuditKey;
  });
  if (!jwk) throw new StartRefused('The key of the audit could not be read.');
  return jwk;
}

const readAll = (config: Config, { checkpoints }: Options, key: KeyObject): Promise<Checkpoint[]> =>
  readCheckpoints(checkpoints ?? [checkpointPath(config)], key);

const WORDS: Record<Fault['kind'], string> = {
  'row-changed': 'was changed after it was sealed',
  'row-missing': 'is gone',
  'row-unknown': 'was put in beside the record',
  'order-changed': 'are not the rows that were sealed, or not in their order',
  'block-changed': 'was changed, or does not follow the one before',
  'block-missing': 'is gone',
  'head-wrong': 'is the last one, but the head says otherwise',
  truncated: 'was published and is not there: what came last was cut off',
  'not-as-published': 'is not the one that was published',
};

function* report(
  { blocks, records, pending, lost, faults }: Verified,
  checkpoints: number,
): Iterable<string> {
  yield `${blocks} blocks with ${records} rows, ${pending} rows that wait to be sealed, ${checkpoints} checkpoints.`;
  for (const { from, to } of lost)
    yield `Blocks ${from} to ${to} were lost with a restored backup, on record.`;
  for (const { kind, block, rows = [] } of faults) {
    const told = rows.slice(0, MOST_ROWS_TOLD).join(', ');
    const more = rows.length > MOST_ROWS_TOLD ? `, and ${rows.length - MOST_ROWS_TOLD} more` : '';
    const where = block === undefined ? 'in no block' : `block ${block}`;
    yield rows.length > 0
      ? `FAULT ${kind}, ${where}: ${told}${more} ${WORDS[kind]}`
      : `FAULT ${kind}: block ${block} ${WORDS[kind]}`;
  }
  yield faults.length === 0 ? 'Nothing was changed.' : `${faults.length} faults.`;
}
