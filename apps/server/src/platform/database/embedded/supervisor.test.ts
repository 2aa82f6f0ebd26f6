import { expect, test } from 'vitest';
import type { ServerProcess } from './server-process.ts';
import { supervise } from './supervisor.ts';

/** Starts made-up processes that end when told to. */
function fakeServer() {
  const end: ((how: string) => void)[] = [];
  const stopped: number[] = [];
  return {
    end,
    stopped,
    start: async (): Promise<ServerProcess> => ({
      pid: end.length + 1,
      ended: new Promise((resolve) => end.push(resolve)),
    }),
    stop: async (pid: number) => {
      stopped.push(pid);
      end[pid - 1]?.('SIGINT');
    },
    log: () => undefined,
  };
}

test('the first start may fail, and says why', async () => {
  const ports = { ...fakeServer(), start: () => Promise.reject(new Error('no disk')) };
  await expect(supervise(ports)).rejects.toThrow('no disk');
});

test('a start that fails later is tried again until it succeeds', async () => {
  const fake = fakeServer();
  let failures = 0;
  const start = () =>
    fake.end.length === 1 && failures++ < 2 ? Promise.reject(new Error('busy')) : fake.start();
  const supervisor = await supervise({ ...fake, start });
  fake.end[0]?.('SIGKILL');
  await expect.poll(() => supervisor.pid).toBe(2);
  expect(failures).toBe(3);
  await supervisor.stop();
  expect(fake.stopped).toEqual([2]);
});

test('a server that comes up while being stopped is stopped too', async () => {
  const fake = fakeServer();
  const slow = Promise.withResolvers<void>();
  const start = async () => {
    if (fake.end.length === 1) await slow.promise;
    return fake.start();
  };
  const supervisor = await supervise({ ...fake, start });
  fake.end[0]?.('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopping = supervisor.stop();
  slow.resolve();
  await stopping;
  expect(fake.stopped).toEqual([2]);
});

test('stopping while nothing runs signals nobody', async () => {
  const fake = fakeServer();
  const supervisor = await supervise(fake);
  fake.end[0]?.('SIGKILL');
  await Promise.resolve();
  await supervisor.stop();
  expect(fake.stopped).toEqual([]);
});
