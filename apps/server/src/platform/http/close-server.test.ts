import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { closerOf } from './close-server.ts';

const ANSWER_MS = 300;

async function listening() {
  const app = Fastify();
  app.get('/slow', async (_, reply) => {
    reply.hijack();
    reply.raw.writeHead(200).write('begun, ');
    await sleep(ANSWER_MS);
    reply.raw.end('done');
  });
  const close = closerOf(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { close, port: (app.server.address() as AddressInfo).port };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1000;
}

test('an answer under way is finished, and its connection does not keep the server', async () => {
  const { close, port } = await listening();
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [answer] = (await once(get({ port, path: '/slow', agent }), 'response')) as [IncomingMessage];
  const text = answer.setEncoding('utf8').toArray();
  expect(await secondsOf(close)).toBeLessThan(3);
  expect((await text).join('')).toBe('begun, done');
});

test('nor does a connection that was opened in advance', async () => {
  const { close, port } = await listening();
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  expect(await secondsOf(close)).toBeLessThan(3);
});
