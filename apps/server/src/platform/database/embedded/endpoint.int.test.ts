import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { findBinaries } from './binaries.ts';
import { ensureCluster, readPassword } from './cluster.ts';
import { loopbackEndpoint } from './endpoint.ts';
import { newOpenFolder, query } from './owned-database.fixture.ts';
import { findPlaces } from './places.ts';
import { startServer } from './server-process.ts';
import { stopServer } from './stop-server.ts';

test('where there are no sockets, the loopback interface asks for the password', async () => {
  const folder = await newOpenFolder();
  const places = await findPlaces(folder, () => undefined);
  const binaries = await findBinaries(process.env.SIGILLO_POSTGRES_BIN);
  await ensureCluster(places, binaries);
  const endpoint = await loopbackEndpoint(await readPassword(places));
  const server = await startServer(places, binaries, endpoint);

  const { connectionString = '' } = endpoint.address('postgres');
  expect(await query({ connectionString }, 'select inet_server_addr()::text as address')).toEqual([
    { address: '127.0.0.1/32' },
  ]);
  const wrong = new URL(connectionString);
  wrong.password = 'wrong';
  await expect(query({ connectionString: wrong.href }, 'select 1')).rejects.toMatchObject({ code: '28P01' });

  await stopServer(server.pid, places.cluster, binaries.pgCtl);
  await rm(folder, { recursive: true });
});
