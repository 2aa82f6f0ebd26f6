import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  askShares,
  type DeviceApp,
  getFrom,
  linkedApp,
  signedGet,
  unlockApp,
} from '../../../../../tests/setup/device-app.ts';
import { outcome } from '../../../../../tests/setup/journeys.ts';
import { type PopulatedInstallation, sharedInstallation } from '../../../../../tests/setup/populated.ts';
import { wakeApps } from '../../gate/apps.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import { type RunningEvents, startEvents } from '../../platform/events/postgres-events.ts';
import { openLog } from '../../platform/log/log.ts';

let on: PopulatedInstallation;
/** What a node that is none of those with the streams does. */
let events: RunningEvents;
beforeAll(async () => {
  on = await sharedInstallation();
  events = startEvents({ address: on.database.address, log: openLog('silent') });
});
afterAll(async () => {
  await events.close();
  await on[Symbol.asyncDispose]();
});

const transaction = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(on.database.db, work);
const newApp = async () => linkedApp(on, await on.holder());
const wake = ({ device }: DeviceApp) => wakeApps({ events }, device.accountId);

/** An app that is open, and what it has heard so far. */
async function listening(app: DeviceApp, node = 0) {
  const response = await signedGet(on, app, '/device/events', node);
  expect(response.status).toBe(200);
  const heard = { response, text: '', isOver: false };
  const read = async () => {
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) heard.text += piece;
    heard.isOver = true;
  };
  void read().catch(() => undefined);
  await expect.poll(() => heard.text).toBe('data: changed\n\n');
  return heard;
}

describe('an open app', () => {
  test('is told at once and whenever something changes, from any node; apps of others are not', async () => {
    const [app, other] = [await newApp(), await newApp()];
    const [here, there, elsewhere] = [await listening(app), await listening(app, 1), await listening(other)];
    wake(app);
    for (const heard of [here, there])
      await expect.poll(() => heard.text).toBe('data: changed\n\n'.repeat(2));
    wake(app);
    for (const heard of [here, there])
      await expect.poll(() => heard.text).toBe('data: changed\n\n'.repeat(3));
    expect(elsewhere.text).toBe('data: changed\n\n');
  });

  test('may listen from its own origin, and nothing of it is stored', async () => {
    const { headers } = (await listening(await newApp())).response;
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.getSetCookie()).toEqual([]);
  });

  test('hears no more when its device is stopped by ten wrong codes on another node', async () => {
    const app = await newApp();
    expect(await unlockApp(on, app, '482915')).toBe(true);
    const heard = await listening(app, 1);
    for (let tried = 0; tried < 11; tried++) await askShares(on, app, '000111');
    await expect.poll(() => heard.isOver).toBe(true);
    expect(heard.text).toBe('data: changed\n\n');
    expect((await signedGet(on, app, '/device/events')).status).toBe(410);
  });

  test.each<[string, (tx: Tx, app: DeviceApp) => Promise<unknown>]>([
    ['removed', (tx, { device }) => on.stores.devices.remove(tx, device)],
    ['frozen', (tx, { device }) => on.stores.devices.freeze(tx, device)],
    [
      'of an account that ended everything',
      (tx, { device }) => on.stores.accounts.raiseEpoch(tx, device.accountId),
    ],
    [
      'of an account that is suspended',
      (tx, { device }) =>
        tx.updateTable('account').set({ status: 'suspended' }).where('id', '=', device.accountId).execute(),
    ],
  ])('hears nothing of what happens once its device is %s', async (_, stop) => {
    const app = await newApp();
    const heard = await listening(app);
    await transaction((tx) => stop(tx, app));
    wake(app);
    await expect.poll(() => heard.isOver).toBe(true);
    expect(heard.text).toBe('data: changed\n\n');
  });
});

test('after an hour an app has to ask again', async () => {
  const app = await newApp();
  const heard = await listening(app);
  await on.advance(60 * 60);
  wake(app);
  await expect.poll(() => heard.isOver).toBe(true);
  expect(heard.text).toBe('data: changed\n\n');
});

describe('who is not the app of a device', () => {
  test('is told nothing', async () => {
    const app = await newApp();
    const stranger = { ...(await newApp()), id: app.id };
    const hostile = [
      await getFrom(on, '/device/events', {}),
      await signedGet(on, stranger, '/device/events'),
    ];
    for (const answer of hostile) {
      expect(outcome({ status: answer.status, body: await answer.json() })).toBe('401 request-not-signed');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });
});
