import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Holder,
  PASSWORD,
  type PopulatedInstallation,
  populatedInstallation,
} from '../setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(1, { SIGILLO_DRAIN_SECONDS: '3' });
});
afterAll(() => on[Symbol.asyncDispose]());

interface Answered {
  status: number;
  reason: string | undefined;
}

/** One request on a connection of its own. */
async function ask(method: string, path: string, content?: object): Promise<Answered> {
  const { issuer, url } = on.server;
  const headers = { host: new URL(issuer).host, origin: issuer, 'content-type': 'application/json' };
  const asking = request(`${url}${path}`, { method, headers, agent: false });
  asking.end(content && JSON.stringify(content));
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const body = JSON.parse((await answer.setEncoding('utf8').toArray()).join(''));
  return { status: answer.statusCode ?? 0, reason: body.reason };
}

test('[AVL-3] a node that is stopped says so first, and answers everybody who came in time', async () => {
  const holders = await on.holders(8);
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
    const statuses: number[] = [];
    while (isReady)
      statuses.push(
        (await ask('POST', '/api/sign-in/password', { identifier: email, password: PASSWORD })).status,
      );
    return statuses;
  };
  const balancing = Promise.all([readiness(), ...holders.map(signIns)]);
  await sleep(500);
  const exited = once(on.server.process, 'exit');
  on.server.process.kill('SIGTERM');

  const [state, ...statuses] = await balancing;
  expect(state).toEqual([503, 'stopping']);
  expect(statuses.flat().length).toBeGreaterThan(holders.length);
  expect(new Set(statuses.flat())).toEqual(new Set([200]));
  expect(await exited).toEqual([0, null]);
});
