import { readFile } from 'node:fs/promises';
import { type ContainerSecret, readCsv, readPskc, type TokenFile } from '@sigillo/pskc';
import type { Command } from 'commander';
import type { Platform } from '../composition/platform.ts';
import { importTokens } from '../flows/operator/tokens/import-tokens.service.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { hardwareTokenStore } from '../stores/accounts/hardware-token.store.ts';
import { say, withPlatform } from './with-platform.ts';

interface Secrets {
  passwordFile?: string;
  keyFile?: string;
}

/** How many faults are told one by one. */
const FAULTS_TOLD = 50;

/** `sigillo tokens`: hardware tokens in stock, and what became of them. Seeds are never shown. */
export function tokensCommands(program: Command): void {
  const tokens = program.command('tokens').description('Hardware tokens that show one-time codes');

  tokens
    .command('import')
    .argument('<file>', 'a key container (PSKC, RFC 6030) or a table (CSV)')
    .option('--password-file <file>', 'what opens an encrypted container: its password')
    .option('--key-file <file>', 'what opens an encrypted container: its AES key, in hexadecimal')
    .description('Take the tokens of a file into stock, all of them or none; delete the file afterwards')
    .action((file: string, secrets: Secrets) =>
      withPlatform(async (platform) => {
        const { tokens: found, faults } = await readTokens(file, secrets, platform.clock.nowMs());
        if (faults.length > 0) throw new StartRefused(faultLines(faults));
        const stock = hardwareTokenStore(platform.keyring);
        const known = await importTokens({ ...platform, stock }, found);
        if (known.length > 0) {
          const faulty = known.map((serial) => ({ where: serial, reason: 'is known already' }));
          throw new StartRefused(faultLines(faulty));
        }
        say(`${found.length} tokens are in stock.`);
      }),
    );

  tokens
    .command('list')
    .description('Every token: serial number, kind, digits, state, and the account that has it')
    .action(() => withPlatform(list));
}

function faultLines(faults: TokenFile['faults']): string {
  const told = faults.slice(0, FAULTS_TOLD).map(({ where, reason }) => `  ${where}: ${reason}`);
  const more = faults.length > told.length ? [`  and ${faults.length - told.length} more`] : [];
  return ['Nothing was imported:', ...told, ...more].join('\n');
}

async function readTokens(file: string, secrets: Secrets, nowMs: number): Promise<TokenFile> {
  const bytes = await read(file);
  const isXml = bytes.subarray(0, 200).toString('latin1').replace(/^ï»¿/, '').trimStart().startsWith('<');
  return isXml ? readPskc(bytes, nowMs, await secretOf(secrets)) : readCsv(bytes.toString());
}

async function secretOf({ passwordFile, keyFile }: Secrets): Promise<ContainerSecret | undefined> {
  if (passwordFile && keyFile) throw new StartRefused('Give --password-file or --key-file, not both.');
  // An editor ends the line; a password does not.
  if (passwordFile) return { password: (await read(passwordFile)).toString().replace(/\r?\n$/, '') };
  if (!keyFile) return undefined;
  const text = (await read(keyFile)).toString().replace(/\s/g, '');
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/i.test(text))
    throw new StartRefused(`${keyFile} holds no AES key of 16, 24 or 32 bytes in hexadecimal.`);
  return { key: Buffer.from(text, 'hex') };
}

function read(file: string): Promise<Buffer> {
  return readFile(file).catch((error: Error) => {
    throw new StartRefused(`${file} cannot be read: ${error.message}`);
  });
}

async function list({ db }: Platform): Promise<void> {
  const rows = await db.selectFrom('hardware_token').selectAll().orderBy('serial').execute();
  for (const { serial, kind, digits, state, account_id } of rows)
    say(`${serial}  ${kind}  ${digits} digits  ${state}${account_id ? `  ${account_id}` : ''}`);
  const free = rows.filter(({ state }) => state === 'imported').length;
  say(`${rows.length} tokens, ${free} of them free.`);
}
