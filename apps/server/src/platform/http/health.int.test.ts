import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect } from '../database/database.ts';
import { OWN, testApp } from './app.fixture.ts';
import { healthRoutes } from './health.ts';

test('a node is alive and ready while its database answers', async () => {
  await using database = await testDatabase();
  const { app } = await testApp();
  healthRoutes(app, { db: database.db });
  for (const url of ['/healthz', '/readyz']) {
    const answer = await app.inject({ url, headers: OWN });
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
  }
  await app.close();
});

test('a node is alive but not ready when its database is gone, or silent for two seconds', async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  for (const address of [
    { host: '127.0.0.1', port: 1, user: 'nobody' },
    { host: '127.0.0.1', port, user: 'nobody' },
  ]) {
    const db = connect(address, { poolSize: 2, onError: () => undefined });
    const { app } = await testApp();
    healthRoutes(app, { db });
    const askedAt = performance.now();
    const ready = await app.inject({ url: '/readyz', headers: OWN });
    expect(performance.now() - askedAt).toBeLessThan(2_500);
    expect([ready.statusCode, ready.json().status]).toEqual([503, 503]);
    expect((await app.inject({ url: '/healthz', headers: OWN })).statusCode).toBe(200);
    await app.close();
    for (const socket of sockets) socket.destroy();
    await db.destroy();
  }
  silent.close();
});
