import { appTopic } from '../../gate/apps.ts';
import type { Device } from '../../gate/devices.ts';
import { accountSuspended } from '../../gate/gate.problems.ts';
import { mayContinue } from '../../gate/sessions.ts';
import { HOUR_MS } from '../../platform/clock/clock.ts';
import type { App } from '../../platform/http/app.ts';
import { EventStream, type EventStreams } from '../../platform/http/event-streams.ts';
import { tooManyStreams } from '../../platform/http/http.problems.ts';
import type { Rule } from '../../platform/limits/counters.ts';
import { tooManyTries } from '../../platform/limits/limits.problems.ts';
import { deviceFrozen, deviceGone, requestNotSigned } from './device.problems.ts';
import { type SignedRequestPorts, signedBy } from './signed-request.ts';

/** For one device: several windows, each of which comes back when it was cut off. */
const STREAMS: Rule = { count: 30, perSeconds: 60 };

/** What an app listens to while it is open, instead of asking again and again. */
export function deviceEventRoutes(app: App, ports: SignedRequestPorts & { streams: EventStreams }): void {
  const { gate, streams } = ports;
  app.get(
    '/device/events',
    {
      schema: {
        operationId: 'watchDevice',
        summary:
          'Server-sent events: `changed` now and whenever there is something new for this account’s apps',
        tags: ['device'],
        response: { 200: EventStream },
        problems: [
          requestNotSigned,
          deviceGone,
          deviceFrozen,
          accountSuspended,
          tooManyTries,
          tooManyStreams,
        ],
      },
    },
    async (request, reply) => {
      const { device } = await signedBy(ports, request);
      gate.limits.take(`device-streams:${device.id}`, STREAMS);
      const isStillLinked = await linkOf(ports, device);
      if (!(await isStillLinked())) throw deviceGone();
      streams.open(reply, appTopic(device.accountId), gate.clock.nowMs() + HOUR_MS, isStillLinked);
    },
  );
}

/** Answers whether the device may go on with its account as both are now. */
async function linkOf(
  { gate, devices }: SignedRequestPorts,
  device: Device,
): Promise<() => Promise<boolean>> {
  const { accountId } = device;
  const prover = await gate.transaction((tx) => gate.accounts.load(tx, accountId));
  return () =>
    gate.transaction(async (tx) => {
      const now = await devices.find(tx, device);
      if (now?.state !== 'active' || !prover) return false;
      return mayContinue(gate, tx, accountId, prover.epoch);
    });
}
