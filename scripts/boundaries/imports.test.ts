import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkImports } from './imports.ts';

const CONFIG = fileURLToPath(new URL('../../.dependency-cruiser.cjs', import.meta.url));

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigillo-imports-'));
  await write(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true } }',
  );
});

afterEach(() => rm(root, { recursive: true }));

test('imports that point the wrong way are named, and only those', async () => {
  await write('apps/server/src/flows/sign-in/a/a.service.ts', `import '../../account/b/b.service.ts';`);
  await write(
    'apps/server/src/flows/account/b/b.service.ts',
    `import type { Gate } from '../../../gate/gate.ts';`,
  );
  await write('apps/server/src/gate/gate.ts', 'export interface Gate { open: boolean }');
  await write('apps/server/src/platform/x.ts', `import type { Gate } from '../gate/gate.ts';`);
  await write('packages/otp/src/otp.ts', `import { readFileSync } from 'node:fs';\nreadFileSync('x');`);

  const { modules, violations } = await checkImports(root, CONFIG);
  expect(modules).toBe(5);
  expect(violations.map(({ rule, path }) => [rule, path]).sort()).toEqual([
    ['flows-are-islands', 'apps/server/src/flows/sign-in/a/a.service.ts'],
    ['platform-knows-nobody', 'apps/server/src/platform/x.ts'],
    ['rules-do-no-io', 'packages/otp/src/otp.ts'],
  ]);
});

test('a cycle is found, by imports of types too', async () => {
  await write('packages/otp/src/a.ts', `import type { B } from './b.ts';\nexport type A = B;`);
  await write('apps/demo/src/c.ts', 'export {};');
  await write('packages/otp/src/b.ts', `import type { A } from './a.ts';\nexport type B = A;`);
  const { violations } = await checkImports(root, CONFIG);
  expect(violations.map(({ rule }) => rule)).toContain('no-cycles');
});

test('a cruise that skipped most files is no success', async () => {
  for (const name of ['a', 'b', 'c']) await write(`apps/demo/src/dist/${name}.ts`, 'export {};');
  await write('apps/demo/src/d.ts', 'export {};');
  await mkdir(join(root, 'packages'));
  await expect(checkImports(root, CONFIG)).rejects.toThrow('read 1 of 4 TypeScript files');
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
