import { newNonce } from '@sigillo/device-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  askShares,
  confirm,
  copyOf,
  type DeviceApp,
  linkedApp,
  openWith,
  send,
  signed,
  unlockApp,
  unlockRequest,
} from '../../../../../tests/setup/device-app.ts';
import { enterPassword, good, outcome, tryFinish, tryRecovery } from '../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../tests/setup/populated.ts';

const CODE = '482915';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

/** An app whose holder has chosen an unlock code. */
async function withCode(holder?: Holder): Promise<DeviceApp> {
  const app = await linkedApp(on, holder ?? (await on.holder()));
  expect(await unlockApp(on, app, CODE)).toBe(true);
  return app;
}

const stateOf = ({ device }: DeviceApp) =>
  on.database.db
    .selectFrom('device')
    .select(['state', 'generation', 'failures', 'lifetime_failures as lifetimeFailures'])
    .where('id', '=', device.id)
    .executeTakeFirstOrThrow();

describe('unlocking', () => {
  test('the right code opens the app again and again, each time with other shares', async () => {
    const app = await withCode();
    const first = await askShares(on, app, CODE);
    expect(await openWith(app, CODE, first)).toBe(true);
    await confirm(on, app, Number(first.body.generation), 1);
    expect(await unlockApp(on, app, CODE)).toBe(true);
    expect(await stateOf(app)).toEqual({ state: 'active', generation: 3, failures: 0, lifetimeFailures: 0 });
    expect((await askShares(on, app, CODE)).body.share).not.toBe(first.body.share);
  });

  test('a wrong code opens nothing, and the server learns which it was from nobody', async () => {
    const app = await withCode();
    expect(await unlockApp(on, app, '482916')).toBe(false);
    expect(await stateOf(app)).toMatchObject({ failures: 1, lifetimeFailures: 1 });
    expect(await unlockApp(on, app, CODE)).toBe(true);
    expect(await stateOf(app)).toMatchObject({ failures: 0, lifetimeFailures: 1 });
  });

  test('[PUSH-5] ten wrong codes end the device; the eleventh try gets nothing, right as it is, and the holder is told', async () => {
    const holder = await on.holder();
    const app = await withCode(holder);
    const letters = (await on.dev.outbox(holder.email)).length;
    for (let tried = 0; tried < 10; tried++) expect(await unlockApp(on, app, '000111')).toBe(false);
    expect(outcome(await askShares(on, app, CODE, 1))).toBe('410 device-gone');
    expect(await stateOf(app)).toMatchObject({ state: 'locked' });
    expect((await on.dev.newest(holder.email, letters)).subject).toContain('My phone');
    expect(outcome(await askShares(on, app, CODE))).toBe('410 device-gone');
  });

  test('[PUSH-5] neither ten wrong codes nor a copy leave the account with its password alone', async () => {
    const [locked, copied] = [await on.holder(), await on.holder()];
    const app = await withCode(locked);
    for (let tried = 0; tried < 10; tried++) await unlockApp(on, app, '000111');
    expect(outcome(await askShares(on, app, CODE, 1))).toBe('410 device-gone');
    const owners = await withCode(copied);
    const copy = copyOf(owners);
    await unlockApp(on, owners, CODE);
    expect(outcome(await askShares(on, copy, CODE))).toBe('409 device-frozen');
    for (const holder of [locked, copied]) {
      const browser = on.browser();
      const ceremony = await enterPassword(browser, holder);
      expect(ceremony).toMatchObject({ state: 'open', canRecover: true });
      expect(outcome(await tryFinish(browser, ceremony))).toBe('409 proof-missing');
      good(await tryRecovery(browser, ceremony));
    }
  });

  test('[PUSH-5] of 30 tries at once, on two nodes, ten are answered', async () => {
    const app = await withCode();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => askShares(on, app, '000111', n % 2)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(outcome))).toEqual(
      new Set(['410 device-gone']),
    );
  });
});

describe('copies', () => {
  test('a copied profile is stopped when it is used after the owner’s next unlock; so is the owner’s, who is told', async () => {
    const holder = await on.holder();
    const app = await withCode(holder);
    const copy = copyOf(app);
    expect(await unlockApp(on, app, CODE)).toBe(true);
    const letters = (await on.dev.outbox(holder.email)).length;
    expect(outcome(await askShares(on, copy, CODE))).toBe('409 device-frozen');
    expect(outcome(await askShares(on, app, CODE))).toBe('409 device-frozen');
    expect((await on.dev.newest(holder.email, letters)).subject).toContain('My phone');
    expect((await on.dev.outbox(holder.email)).length).toBe(letters + 1);
  });

  test('a thief with a copy and the code who unlocks first is found out by the owner’s next unlock', async () => {
    const app = await withCode();
    const copy = copyOf(app);
    expect(await unlockApp(on, copy, CODE)).toBe(true);
    expect(outcome(await askShares(on, app, CODE))).toBe('409 device-frozen');
  });

  test('an app that crashed at any step of an unlock opens afterwards, and is no copy', async () => {
    const beforeStoring = await withCode();
    await askShares(on, beforeStoring, CODE);
    expect(await unlockApp(on, beforeStoring, CODE)).toBe(true);

    const beforeConfirming = await withCode();
    expect(await openWith(beforeConfirming, CODE, await askShares(on, beforeConfirming, CODE))).toBe(true);
    expect(await unlockApp(on, beforeConfirming, CODE)).toBe(true);

    const beforeDropping = await withCode();
    const shares = await askShares(on, beforeDropping, CODE);
    expect(await openWith(beforeDropping, CODE, shares)).toBe(true);
    await confirm(on, beforeDropping, Number(shares.body.generation));
    expect(await unlockApp(on, beforeDropping, CODE)).toBe(true);
  });
});

describe('what is not signed by the device', () => {
  test('the same request twice is refused the second time, on any node', async () => {
    const app = await withCode();
    const request = await unlockRequest(on, app, CODE);
    const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => send(on, request, n % 2)));
    expect(answers.map(outcome).sort()).toEqual(['200', ...Array(15).fill('401 request-not-signed')]);
    expect(await stateOf(app)).toMatchObject({ failures: 1 });
  });

  test('another body, path, device or time, or no signature: refused, and no try is counted', async () => {
    const app = await withCode();
    const other = await withCode();
    const good = () => signed(on, app, '/device/unlock', { message: 'x' });
    const hostile = [
      { ...(await good()), body: '{"message":"y"}' },
      { ...(await good()), path: '/device/unlock/confirm' },
      { ...(await good()), path: '/device/unlock?x=1' },
      { ...(await good()), headers: {} },
      await signed(on, { id: other.id, keys: app.keys }, '/device/unlock', { message: 'x' }),
      await signed(on, { id: 'A'.repeat(43), keys: app.keys }, '/device/unlock', { message: 'x' }),
    ];
    for (const seconds of [-180, 180])
      hostile.push(
        await signed(on, app, '/device/unlock', { message: 'x' }, newNonce(on.nowMs() + seconds * 1000)),
      );
    for (const request of hostile) {
      const answer = await send(on, request);
      expect(outcome(answer)).toBe('401 request-not-signed');
      expect(answer.body.serverTime).toMatch(/^\d{4}-/);
    }
    expect(await stateOf(app)).toMatchObject({ failures: 0 });
  });

  test('a message of one device, carried by another of the same holder, is worth nothing', async () => {
    const holder = await on.holder();
    const [app, other] = [await withCode(holder), await withCode(holder)];
    const shares = await askShares(
      on,
      { ...app, id: other.id, keys: { ...app.keys, deviceKey: other.keys.deviceKey } },
      CODE,
    );
    expect(outcome(shares)).toBe('401 request-not-signed');
    const wrongKey = { ...app, approval: other.approval };
    await askShares(on, app, CODE);
    expect(outcome(await confirm(on, wrongKey, 1))).toBe('401 request-not-signed');
    expect(await stateOf(app)).toMatchObject({ generation: 1 });
  });

  test('the app may call from its origin, and cookies are never asked for', async () => {
    const preflight = await fetch(`${on.server.url}/device/unlock`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:8081', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('signature-input');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await askShares(on, await withCode(), CODE);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});
