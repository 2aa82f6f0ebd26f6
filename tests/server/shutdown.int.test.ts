import { once } from 'node:events';
import { type IncomingMessage, request as open } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Holder, PASSWORD, populatedInstallation } from '../setup/populated.ts';
import type { TestServer } from '../setup/server.ts';

interface Answered {
  status: number;
  reason: string | undefined;
}

/** One request on a connection of its own. */
async function request(
  { issuer, url }: TestServer,
  method: string,
  path: string,
  content?: object,
): Promise<Answered> {
  const headers = { host: new URL(issuer).host, origin: issuer, 'content-type': 'application/json' };
  const asking = open(`${url}${path}`, { method, headers, agent: false });
  asking.end(content && JSON.stringify(content));
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const body = JSON.parse((await answer.setEncoding('utf8').toArray()).join(''));
  return { status: answer.statusCode ?? 0, reason: body.reason };
}

test('[AVL-3] a node that is stopped says so first, and answers everybody who came in time', async () => {
  await using on = await populatedInstallation(1, { SIGILLO_DRAIN_SECONDS: '3' });
  const ask = request.bind(null, on.server);
  const holders = await on.holders(8);
  const busy = Promise.withResolvers<void>();
  const statuses: number[] = [];
  let isReady = true;
  // What a load balancer does: asks whether the node is ready, and sends it requests as long as it is.
  const readiness = async () => {
    for (;;) {
      const { status, reason } = await ask('GET', '/readyz');
      isReady = status === 200;
      if (!isReady) return [status, reason];
      await sleep(50);
    }
  };
  const signIns = async ({ email }: Holder) => {
    while (isReady) {
      const password = { identifier: email, password: PASSWORD };
      statuses.push((await ask('POST', '/api/sign-in/password', password)).status);
      if (statuses.length > holders.length) busy.resolve();
    }
  };
  const balancing = Promise.all([readiness(), ...holders.map(signIns)]);
  await busy.promise;
  const exited = once(on.server.process, 'exit');
  on.server.process.kill('SIGTERM');

  const [state] = await balancing;
  expect(state).toEqual([503, 'stopping']);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await exited).toEqual([0, null]);
});
