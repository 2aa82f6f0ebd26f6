import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canReach, parseAccounts } from './system-account.ts';

test('accounts are read from passwd, root and what is no account left out', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:PostgreSQL,,,:/var/lib:/bin/sh\n+\n\n';
  expect(parseAccounts(passwd)).toEqual([{ name: 'postgres', uid: 101, gid: 104 }]);
});

test('an account reaches a folder when the bits of all those above let it', async () => {
  const stranger = { name: 'stranger', uid: 65533, gid: 65533 };
  const top = await mkdtemp(join(tmpdir(), 'sigillo-reach-'));
  await mkdir(join(top, 'inner'), { mode: 0o755 });
  expect(await canReach(stranger, join(top, 'inner'))).toBe(false);
  await chmod(top, 0o711);
  expect(await canReach(stranger, join(top, 'inner'))).toBe(true);
  expect(await canReach(stranger, join(top, 'inner/not-there-yet'))).toBe(true);
  await chmod(join(top, 'inner'), 0o700);
  expect(await canReach(stranger, join(top, 'inner'))).toBe(false);
  await rm(top, { recursive: true });
});
