import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirectoryInUse, lockDirectory } from './directory-lock.ts';
import { processIdentity } from './process-identity.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigillo-lock-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a folder has one holder until it lets go', async () => {
  const unlock = await lockDirectory(folder);
  await expect(lockDirectory(folder)).rejects.toThrow(DataDirectoryInUse);
  await unlock();
  const unlockAgain = await lockDirectory(folder);
  await expect(lockDirectory(folder)).rejects.toThrow(`process ${process.pid}`);
  await unlockAgain();
});

test('of 16 that find a dead claim, one gets the folder', async () => {
  await writeFile(join(folder, 'server.lock.7'), JSON.stringify({ pid: 2 ** 22 + 1, started: 'long ago' }));
  const locks = await Promise.allSettled(Array.from({ length: 16 }, () => lockDirectory(folder)));
  expect(locks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['server.lock.8']);
});

test('a claim whose number belongs to another process now is dead', async () => {
  await writeFile(join(folder, 'server.lock.1'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
  await (await lockDirectory(folder))();
});

test('a claim of a process that runs counts, whoever reads it', async () => {
  const holder = spawn('sleep', ['60']);
  const started = await processIdentity(holder.pid ?? 0);
  await writeFile(join(folder, 'server.lock.1'), JSON.stringify({ pid: holder.pid, started }));
  await expect(lockDirectory(folder)).rejects.toThrow(DataDirectoryInUse);

  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (await lockDirectory(folder))();
});

test('a number used once is never claimed again, though it was let go', async () => {
  for (let round = 1; round <= 3; round++) {
    await (await lockDirectory(folder))();
    expect(await readdir(folder)).toEqual([`server.lock.${round}`]);
  }
});
