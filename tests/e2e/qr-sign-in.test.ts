/** Signing in by scanning the page with the app: what the page shows until it is done, and how it ends. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Phone, phoneOf } from './support/phone.ts';
import { type ShownCodes, watchShownCodes } from './support/shown-codes.ts';
import { signInAs } from './support/sign-in-as.ts';
import { openStage, type Stage } from './support/stage.ts';
import { openPage, type Visitor } from './support/visitor.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const DESK = { language: 'en', width: 1440 } as const;
const PHONE = { language: 'it', width: 360 } as const;
/** A picture lasts a minute and is renewed a little before. */
const NEARLY_OVER = 51;

async function openSignIn(visitor: Visitor): Promise<ShownCodes> {
  const shown = watchShownCodes(visitor.page);
  await visitor.go(`${stage.product.issuer}/sign-in?returnTo=/account`);
  await visitor.arrive(visitor.say('sign-in.title'));
  return shown;
}

/** A browser at a desk that shows a picture, and somebody's phone. */
async function atDesk(): Promise<{ visitor: Visitor; shown: ShownCodes; phone: Phone }> {
  const phone = await phoneOf(stage, await stage.holder({ language: 'en' }));
  const visitor = await openPage(stage, DESK);
  // Both have the same time from the beginning: tests before this one moved the product's.
  await visitor.pass(1);
  return { visitor, shown: await openSignIn(visitor), phone };
}

const picture = ({ page, say }: Visitor) => page.getByRole('img', { name: say('qr.picture') });
/** What a screen reader is told. */
const isSaid = ({ page, say }: Visitor, stageName: string) =>
  page
    .getByRole('status')
    .filter({ hasText: say(`qr.said-${stageName}`) })
    .waitFor();

describe('at a desk', () => {
  test('[QR-3] scanned, approved, and the digits of the app typed: signed in, with nothing loaded anew', async () => {
    const { visitor, shown, phone } = await atDesk();
    const { say, page } = visitor;
    await picture(visitor).waitFor();
    await isSaid(visitor, 'picture');
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
    const request = await phone.scan({ text: await shown.next(0) });
    await visitor.read(say('qr.scanned-title'));
    await isSaid(visitor, 'scanned');
    expect(await picture(visitor).count()).toBe(0);

    const digits = (await phone.approve(request)) ?? '';
    expect(digits).toMatch(/^\d{6}$/);
    await isSaid(visitor, 'check');
    expect(await page.locator('body[data-same-page]').count()).toBe(1);
    visitor.expectRefusal(422, '/redeem');
    await visitor.fill(say('qr.check-code'), digits === '000000' ? '000001' : '000000');
    await visitor.press(say('qr.check-action'));
    await page
      .getByRole('alert')
      .filter({ hasText: say('problems.code-rejected-tries', { count: 2 }) })
      .waitFor();
    await visitor.fill(say('qr.check-code'), digits);
    await visitor.press(say('qr.check-action'));
    await visitor.arrive(say('account.title'));
  });

  test('[QR-3] digits wrong three times end it; a new code can be shown', async () => {
    const { visitor, shown, phone } = await atDesk();
    const { say } = visitor;
    const digits = await phone.approve(await phone.scan({ text: await shown.next(0) }));
    visitor.expectRefusal(422, '/redeem');
    for (let count = 1; count <= 3; count += 1) {
      await visitor.fill(say('qr.check-code'), digits === '000000' ? '000001' : '000000');
      await visitor.press(say('qr.check-action'));
      if (count < 3)
        await visitor.page
          .getByRole('alert')
          .filter({ hasText: say('problems.code-rejected-tries', { count: 3 - count }) })
          .waitFor();
    }
    await visitor.read(say('qr.end-check-failed-title'));
    await visitor.press(say('qr.new-code'));
    await picture(visitor).waitFor();
  });

  test('a browser that the holder signed in with before, on the same network, needs no digits', async () => {
    const holder = await stage.holder({ language: 'en' });
    const visitor = await openPage(stage, DESK);
    // The phone of these tests has no proxy in front of it either.
    await visitor.page.context().setExtraHTTPHeaders({});
    await signInAs(stage, visitor, holder);
    await visitor.page.evaluate(() =>
      fetch('/api/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    );
    const phone = await phoneOf(stage, holder);
    const shown = await openSignIn(visitor);
    const request = await phone.scan({ text: await shown.next(0) });
    expect(await phone.approve(request)).toBeNull();
    await visitor.arrive(visitor.say('account.title'));
  });

  test('[QR-2] the picture renews itself five times, then asks whether anybody is there', async () => {
    const { visitor, shown, phone } = await atDesk();
    const { say } = visitor;
    const first = await shown.next(0);
    let drawing = await newDrawing(visitor, '');
    for (let count = 1; count <= 5; count += 1) {
      await visitor.pass(NEARLY_OVER);
      await shown.next(count);
      drawing = await newDrawing(visitor, drawing);
    }
    expect(new Set(shown.texts).size).toBe(6);
    expect(await phone.scanInVain({ text: first })).toBe(410);
    await visitor.pass(NEARLY_OVER + 10);
    await visitor.read(say('qr.end-expired-title'));
    await isSaid(visitor, 'expired');
    expect(shown.texts).toHaveLength(6);
    await visitor.press(say('qr.new-code'));
    await shown.next(6);
    await picture(visitor).waitFor();
  });

  test('nothing is renewed while nobody looks; who comes back finds a picture that works', async () => {
    const { visitor, shown, phone } = await atDesk();
    await shown.next(0);
    await show(visitor, 'hidden');
    await visitor.pass(NEARLY_OVER * 3);
    await visitor.page.waitForTimeout(1500);
    expect(shown.texts).toHaveLength(1);
    await show(visitor, 'visible');
    await phone.scan({ text: await shown.next(1) });
    await visitor.read(visitor.say('qr.scanned-title'));
  });

  test('what is refused on the phone is said, and the way out', async () => {
    const { visitor, shown, phone } = await atDesk();
    const { say } = visitor;
    await phone.refuse(await phone.scan({ text: await shown.next(0) }));
    await visitor.read(say('qr.end-refused-title'));
    await isSaid(visitor, 'refused');
    await visitor.press(say('qr.new-code'));
    await phone.scan({ text: await shown.next(1) });
    await visitor.read(say('qr.scanned-title'));
  });

  test('[QR-2] two phones that scan the same picture end it for both', async () => {
    const { visitor, shown, phone } = await atDesk();
    const other = await phoneOf(stage, await stage.holder());
    const text = await shown.next(0);
    await phone.scan({ text });
    await visitor.read(visitor.say('qr.scanned-title'));
    expect(await other.scanInVain({ text })).toBe(410);
    await visitor.read(visitor.say('qr.end-void-title'));
    await isSaid(visitor, 'void');
  });

  test('what was scanned can be taken back on the page', async () => {
    const { visitor, shown, phone } = await atDesk();
    const request = await phone.scan({ text: await shown.next(0) });
    await visitor.read(visitor.say('qr.scanned-title'));
    await visitor.press(visitor.say('qr.cancel'));
    await shown.next(1);
    await picture(visitor).waitFor();
    await expect(phone.approve(request)).rejects.toThrow('410');
  });

  test('[QR-1] another browser that copied the picture waits in vain', async () => {
    const { visitor, shown, phone } = await atDesk();
    const request = await phone.scan({ text: await shown.next(0) });
    const id = shown.ids[0];
    const thief = await openPage(stage, DESK);
    thief.expectRefusal(410, `/api/qr-tickets/${id}`);
    thief.expectRefusal(410, '/redeem');
    await thief.go(`${stage.product.issuer}/signed-out`);
    await phone.approve(request);
    const statuses = await thief.page.evaluate(async (path) => {
      const headers = { 'content-type': 'application/json' };
      const asks = await fetch(path);
      const takes = await fetch(`${path}/redeem`, { method: 'POST', headers, body: '{}' });
      return [asks.status, takes.status];
    }, `/api/qr-tickets/${id}`);
    expect(statuses).toEqual([410, 410]);
    await visitor.page.getByLabel(visitor.say('qr.check-code')).waitFor();
  });

  test('who cannot scan types a code in the app', async () => {
    const { visitor, phone } = await atDesk();
    await visitor.press(visitor.say('qr.cannot-scan'));
    const digits = await phone.approve(await phone.scan({ code: await typedCode(visitor) }));
    await visitor.fill(visitor.say('qr.check-code'), digits ?? '');
    await visitor.press(visitor.say('qr.check-action'));
    await visitor.arrive(visitor.say('account.title'));
  });
});

describe('on a phone', () => {
  test('the form comes first, no code is made unasked, and one is typed in the app', async () => {
    const phone = await phoneOf(stage, await stage.holder());
    const visitor = await openPage(stage, PHONE);
    const { page, say } = visitor;
    const made: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/qr-tickets')) made.push(request.url());
    });
    await openSignIn(visitor);
    await page.waitForLoadState('networkidle');
    expect(made).toEqual([]);
    // Where links do not lead into the app that is installed, that way is not offered.
    expect(await page.getByRole('button', { name: say('qr.open-app'), exact: true }).count()).toBe(0);

    await visitor.press(say('qr.type-in-app'));
    const digits = await phone.approve(await phone.scan({ code: await typedCode(visitor) }));
    await visitor.fill(say('qr.check-code'), digits ?? '');
    await visitor.press(say('qr.check-action'));
    await visitor.arrive(say('account.title'));
  });

  test('on Android the app is opened, and this page goes on when it has approved', async () => {
    const phone = await phoneOf(stage, await stage.holder());
    const visitor = await openPage(stage, PHONE);
    const { page, say } = visitor;
    await page.addInitScript(() =>
      Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (Linux; Android 14)' }),
    );
    await openSignIn(visitor);
    const opened = page.waitForEvent('popup');
    await visitor.press(say('qr.open-app'));
    const app = await opened;
    await app.waitForURL(`${stage.product.authenticator}/**`);
    const text = (await page.getByRole('link', { name: say('qr.open-app') }).getAttribute('href')) ?? '';
    await app.close();
    const digits = await phone.approve(await phone.scan({ text }));
    await visitor.fill(say('qr.check-code'), digits ?? '');
    await visitor.press(say('qr.check-action'));
    await visitor.arrive(say('account.title'));
  });

  test('another phone can scan this one, and one goes back to the other ways', async () => {
    const visitor = await openPage(stage, PHONE);
    const { say } = visitor;
    const shown = await openSignIn(visitor);
    await visitor.press(say('qr.show-picture'));
    await shown.next(0);
    await picture(visitor).waitFor();
    await visitor.press(say('qr.back'));
    await visitor.page.getByRole('button', { name: say('qr.type-in-app') }).waitFor();
  });
});

/** Waits until the page shows another picture than this one: it has it a little later than we do. */
async function newDrawing(visitor: Visitor, before: string): Promise<string> {
  const drawing = () => picture(visitor).innerHTML();
  await expect.poll(drawing, { timeout: 15_000 }).not.toBe(before);
  return drawing();
}

async function typedCode({ page, say }: Visitor): Promise<string> {
  const code = page.getByRole('status', { name: say('qr.typed-code') });
  await code.waitFor();
  return (await code.innerText()).trim();
}

/** Another tab comes to the front, or this one again. */
async function show({ page }: Visitor, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
