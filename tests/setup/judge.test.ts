import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findOnPath, judge } from './judge.ts';

test('a program is found where the shell would find it', async () => {
  const top = await mkdtemp(join(tmpdir(), 'sigillo-path-'));
  const [first, second, third] = [join(top, 'a'), join(top, 'b'), join(top, 'c')] as const;
  for (const folder of [first, second, third]) await mkdir(folder);
  await writeFile(join(first, 'tool'), ''); // may not be run
  await mkdir(join(second, 'tool')); // is a folder
  await writeFile(join(third, 'tool'), '#!/bin/sh\n');
  await chmod(join(third, 'tool'), 0o755);

  expect(findOnPath('tool', [first, second, third].join(delimiter))).toBe(join(third, 'tool'));
  expect(findOnPath('tool', [first, second].join(delimiter))).toBeUndefined();
  await rm(top, { recursive: true });
});

const shell = judge('sh', 'apt-get install dash');

shell.describe('a program that is there', () => {
  test('is asked, and its answer passed on', () => {
    expect(shell.run(['-c', 'cat; exit 3'], 'hello')).toMatchObject({ status: 3, stdout: 'hello' });
  });
});

test('a program that cannot be run is no answer', () => {
  expect(() => judge('no-such-program', 'apt-get install it').run([])).toThrow('ENOENT');
});
