import { appendFile, mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRejectsFile } from './rejects-file.ts';
import type { Reject } from './sort-out.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigillo-rejects-'));
});
afterAll(() => rm(folder, { recursive: true }));

const reject = (record: number): Reject => ({
  line: record,
  record,
  outcome: 'rejected',
  faults: [{ field: 'email', reason: 'is not an e-mail address ✗' }],
});

async function recordsIn(path: string): Promise<number[]> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line).record);
}

test('what was put but not settled is written over', async () => {
  const path = join(folder, 'over');
  const file = await openRejectsFile(path, 0);
  await file.put([reject(1), reject(2)]);
  await file.put([reject(1)]);
  file.settle();
  await file.put([reject(3)]);
  file.settle();
  await file.close();
  expect(await recordsIn(path)).toEqual([1, 3]);
});

test('[AVL-2] an interrupted list is taken up after the records that were done, wherever it was cut', async () => {
  const path = join(folder, 'cut');
  const file = await openRejectsFile(path, 0);
  await file.put([reject(1), reject(4), reject(9)]);
  const whole = await readFile(path);
  await file.close();
  for (let length = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1; length <= whole.length; length += 7) {
    await rm(path, { force: true });
    await appendFile(path, whole);
    await truncate(path, length);
    const again = await openRejectsFile(path, 8);
    await again.put([reject(9), reject(10)]);
    again.settle();
    await again.close();
    expect(await recordsIn(path)).toEqual([1, 4, 9, 10]);
  }
});

test('[AVL-2] what was put for a commit that nobody confirmed is there if it was one', async () => {
  const path = join(folder, 'unknown');
  const file = await openRejectsFile(path, 0);
  await file.put([reject(3)]);
  await file.close();
  const again = await openRejectsFile(path, 500);
  await again.close();
  expect(await recordsIn(path)).toEqual([3]);
});

test('a new import starts a new list, and an empty one is removed', async () => {
  const path = join(folder, 'empty');
  const first = await openRejectsFile(path, 0);
  await first.put([reject(1)]);
  first.settle();
  await first.close();
  const second = await openRejectsFile(path, 0);
  await second.put([]);
  second.settle();
  await second.close();
  await expect(stat(path)).rejects.toThrow('ENOENT');
});

test.skipIf(process.platform === 'win32')('nobody else reads who has an account', async () => {
  const path = join(folder, 'private');
  const file = await openRejectsFile(path, 0);
  await file.put([reject(1)]);
  file.settle();
  await file.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
