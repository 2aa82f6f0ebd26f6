import { newApprovalKey, newDeviceKeys, sealApprovalKey, unlock } from '@sigillo/device-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approve, listRequests, pictureOf, redeem, scan, showQr } from '../setup/app-requests.ts';
import { askShares, copyOf, type DeviceApp, linkedApp, openWith, unlockApp } from '../setup/device-app.ts';
import type { HttpBrowser } from '../setup/http-browser.ts';
import { asked, type Challenge, enterPassword, good, outcome } from '../setup/journeys.ts';
import { type Holder, type PopulatedInstallation, sharedInstallation } from '../setup/populated.ts';

/** What somebody might try who has a part of it: each ends as docs/device-protocol.md says. */
let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const CODE = '739164';

/** A linked app that was unlocked once: what its storage holds opens by this code. */
async function unlockedApp(holder?: Holder) {
  const owner = holder ?? (await on.holder());
  const app = await linkedApp(on, owner);
  expect(await unlockApp(on, app, CODE)).toBe(true);
  return { holder: owner, app };
}

const push = async (browser: HttpBrowser, holder: Holder) => {
  const ceremony = await enterPassword(browser, holder);
  return browser.post<{ challenge: Challenge }>(
    `/api/ceremonies/${ceremony.id}/challenges`,
    asked(ceremony, 'app-push'),
  );
};

const waiting = async (app: DeviceApp) => good(await listRequests(on, app)).requests;

describe('somebody’s storage', () => {
  test('[PUSH-3] a copied profile approves nothing after the owner’s next unlock, though it was unlocked itself', async () => {
    const { holder, app } = await unlockedApp();
    const copy = copyOf(app);
    expect(await unlockApp(on, app, CODE)).toBe(true);
    const { challenge } = good(await push(on.browser(), holder));
    const [request] = await waiting(copy);
    const answer = await approve(on, copy, request!, { number: challenge.number, generation: 1 });
    expect(outcome(answer)).toBe('409 not-unlocked');
    expect(outcome(await askShares(on, copy, CODE))).toBe('409 device-frozen');
    expect(outcome(await approve(on, app, request!, { number: challenge.number, generation: 2 }))).toBe(
      '409 device-frozen',
    );
  });

  test('[PUSH-5] a profile restored from a backup of some unlocks ago is stopped', async () => {
    const { app } = await unlockedApp();
    const backup = copyOf(app);
    for (let times = 0; times < 3; times++) expect(await unlockApp(on, app, CODE)).toBe(true);
    expect(outcome(await askShares(on, backup, CODE))).toBe('409 device-frozen');
  });

  test('[PUSH-5] a stolen blob without its device’s keys: no share is given for it, and none would open it', async () => {
    const { app } = await unlockedApp();
    const thiefKeys = await newDeviceKeys();
    const thief: DeviceApp = { ...app, keys: thiefKeys, stored: [...app.stored] };
    expect(outcome(await askShares(on, thief, CODE))).toBe('401 request-not-signed');
    const shares = await askShares(on, app, CODE);
    const bytes = (text: unknown) => new Uint8Array(Buffer.from(String(text), 'base64url'));
    const answer = {
      generation: Number(shares.body.generation),
      share: bytes(shares.body.share),
      nextShare: bytes(shares.body.nextShare),
    };
    expect(await unlock(thiefKeys, { code: CODE }, app.stored, answer)).toMatchObject({ unlocked: false });
    expect(await openWith(app, CODE, shares)).toBe(true);
  });
});

describe('the server’s rows', () => {
  test('[PUSH-3] all that stands in them, and the keys that seal them, approve nothing without the device', async () => {
    const { holder, app } = await unlockedApp();
    const rows = await on.database.db
      .selectFrom('device')
      .selectAll()
      .where('account_id', '=', holder.id)
      .execute();
    const text = JSON.stringify(rows);
    expect(text).not.toContain('"d":');
    const keys = await newDeviceKeys();
    const forged: DeviceApp = { ...app, keys, approval: await newApprovalKey(keys), stored: [] };
    expect(outcome(await listRequests(on, forged))).toBe('401 request-not-signed');
    const { challenge } = good(await push(on.browser(), holder));
    const [request] = await waiting(app);
    // Even carried by the device itself, an approval by another key is none.
    const answer = await approve(on, app, request!, {
      number: challenge.number,
      generation: 1,
      by: forged,
    });
    expect(outcome(answer)).toBe('422 number-wrong');
    const sealed = await sealApprovalKey(keys, { code: CODE }, forged.approval, {
      generation: 1,
      share: new Uint8Array(32),
      nextShare: new Uint8Array(32),
    });
    expect(sealed).toHaveLength(2);
  });
});

describe('somebody’s password', () => {
  test('[PUSH-2] bombing for an hour reaches the phone three times in ten minutes, one at a time', {
    timeout: 90_000,
  }, async () => {
    const { holder, app } = await unlockedApp();
    const browser = on.browser();
    const before = await on.database.db
      .selectFrom('challenge')
      .select('id')
      .where('prover_id', '=', holder.id)
      .where('question', 'is not', null)
      .execute();
    for (let minute = 0; minute < 60; minute += 4) {
      for (let shot = 0; shot < 2; shot++) await push(browser, holder);
      expect((await waiting(app)).length).toBeLessThanOrEqual(1);
      await on.advance(240);
    }
    const sent = await on.database.db
      .selectFrom('challenge')
      .select('created_at')
      .where('prover_id', '=', holder.id)
      .where('question', 'is not', null)
      .orderBy('id')
      .execute();
    const times = sent.slice(before.length).map((one) => one.created_at.getTime());
    expect(times.length).toBe(10);
    for (const [index, at] of times.entries())
      expect(times.filter((one) => one >= at && one < at + 600_000).length, `shot ${index}`).toBeLessThan(4);
  });
});

describe('somebody’s picture', () => {
  test('[QR-1] copied from the screen, it signs in nobody but the browser that shows it', async () => {
    const { app } = await unlockedApp();
    const [owner, thief] = [on.browser(), on.browser()];
    const ticket = await showQr(owner);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const { check } = good(await approve(on, app, request, { generation: 1 }));
    for (let polled = 0; polled < 5; polled++)
      expect(outcome(await redeem(thief, ticket.id, { check: check ?? '' }))).toBe('410 qr-gone');
    expect(outcome(await redeem(owner, ticket.id, { check: check ?? '' }))).toBe('200');
  });
});
