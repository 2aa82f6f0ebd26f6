import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../tests/setup/test-database.ts';
import { connect, type Db } from '../database/database.ts';
import { OWN, testApp } from './app.fixture.ts';
import { type HealthPorts, healthRoutes } from './health.ts';

const portsOf = (db: Db, more: Partial<HealthPorts> = {}): HealthPorts => ({
  db,
  computerNowMs: () => Date.now(),
  isStopping: () => false,
  ...more,
});

test('a node is alive and ready while its database answers', async () => {
  await using database = await testDatabase();
  const { app } = await testApp();
  healthRoutes(app, portsOf(database.db));
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
    healthRoutes(app, portsOf(db));
    const askedAt = performance.now();
    const ready = await app.inject({ url: '/readyz', headers: OWN });
    expect(performance.now() - askedAt).toBeLessThan(2_500);
    expect([ready.statusCode, ready.json().reason]).toEqual([503, 'database']);
    expect(Number(ready.headers['retry-after'])).toBeGreaterThan(0);
    expect((await app.inject({ url: '/healthz', headers: OWN })).statusCode).toBe(200);
    await app.close();
    for (const socket of sockets) socket.destroy();
    await db.destroy();
  }
  silent.close();
});

test.each([
  [-6_000, 'clock'],
  [-4_000, undefined],
  [4_000, undefined],
  [6_000, 'clock'],
])('[AVL-5] a node whose clock is %d ms off that of the database is not ready: %s', async (offMs, reason) => {
  await using database = await testDatabase();
  const { app } = await testApp();
  healthRoutes(app, portsOf(database.db, { computerNowMs: () => Date.now() + offMs }));
  const ready = await app.inject({ url: '/readyz', headers: OWN });
  expect([ready.statusCode, ready.json().reason]).toEqual([reason ? 503 : 200, reason]);
  expect((await app.inject({ url: '/healthz', headers: OWN })).statusCode).toBe(200);
  await app.close();
});
