import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approve,
  pictureOf,
  redeem,
  refuse,
  scan,
  showQr,
  type Ticket,
  ticketOf,
} from '../../../../../../tests/setup/app-requests.ts';
import { linkedApp } from '../../../../../../tests/setup/device-app.ts';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import {
  enterPassword,
  good,
  isSignedIn,
  outcome,
  signIn,
  tryFinish,
} from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const PHONE_ADDRESS = '127.0.0.1';

async function withApp() {
  const holder = await on.holder();
  return { holder, app: await linkedApp(on, holder) };
}

/** A browser that the account knows, where the phone is: no digits to type. */
async function knownBrowser(holder: Holder): Promise<HttpBrowser> {
  const browser = on.browser(0, PHONE_ADDRESS);
  const app = await linkedApp(on, holder);
  const ticket = await showQr(browser);
  const { request } = good(await scan(on, app, pictureOf(ticket)));
  const { check } = good(await approve(on, app, request));
  const { ceremony } = good(await redeem(browser, ticket.id, { check: check ?? '' }));
  good(await tryFinish(browser, ceremony));
  good(await browser.post('/api/sign-out'));
  return browser;
}

const stateOf = async (browser: HttpBrowser, { id }: Ticket) => (await ticketOf(browser, id)).state;

describe('signing in by scanning', () => {
  test('the page goes from picture to session; what the app shows was frozen when the picture was made', async () => {
    const { holder, app } = await withApp();
    const browser = on.browser();
    const ticket = await showQr(browser);
    expect(ticket).toMatchObject({ state: 'pending', redrawsLeft: 5, needsCheck: false, code: null });
    const { request } = good(await scan(on, app, pictureOf(ticket), 1));
    expect(request).toMatchObject({ kind: 'qr', type: 'sign-in', account: holder.id, client: 'account' });
    expect(request.text.split('\n')[0]).toBe('Sign in to Sigillo?');
    expect(request.text).toContain(`Account\t${holder.userId}`);
    expect(request).toMatchObject({ numberDigits: null, fromNewPlace: true });
    expect(await stateOf(browser, ticket)).toBe('scanned');
    const { check } = good(await approve(on, app, request, { node: 1 }));
    expect(await ticketOf(browser, ticket.id)).toMatchObject({ state: 'approved', needsCheck: true });
    const { ceremony } = good(await redeem(browser, ticket.id, { check: check ?? '' }));
    expect(ceremony).toMatchObject({ state: 'satisfied', proven: ['app-qr'] });
    good(await tryFinish(browser, ceremony));
    expect(await isSignedIn(browser)).toBe(true);
    expect(await stateOf(browser, ticket)).toBe('used');
  });

  test('the same device may scan again; a code typed in place of the picture finds the same sign-in', async () => {
    const { app } = await withApp();
    const browser = on.browser();
    const ticket = await showQr(browser);
    const typed = good(await browser.post<{ ticket: Ticket }>(`/api/qr-tickets/${ticket.id}/typed-code`));
    expect(typed.ticket.code).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/);
    expect(outcome(await scan(on, app, pictureOf(ticket)))).toBe('410 scan-gone');
    const code = { code: typed.ticket.code?.toLowerCase().replaceAll('-', ' ') ?? '' };
    const first = good(await scan(on, app, code));
    expect(good(await scan(on, app, code)).request.id).toBe(first.request.id);
    const { check } = good(await approve(on, app, first.request));
    expect(outcome(await redeem(browser, ticket.id, { check: check ?? '' }))).toBe('200');
  });

  test('in a ceremony it is the second factor, for that ceremony and that account alone', async () => {
    const { holder, app } = await withApp();
    const stranger = (await withApp()).app;
    const browser = on.browser();
    const begun = await enterPassword(browser, holder);
    expect(begun.options.map((one) => one.method)).toEqual(['app-push', 'app-qr', 'app-code']);
    const ticket = await showQr(browser, { ceremony: begun.id });
    expect(outcome(await scan(on, stranger, pictureOf(ticket)))).toBe('410 scan-gone');
    const again = await showQr(browser, { ceremony: begun.id });
    const { request } = good(await scan(on, app, pictureOf(again)));
    const { check } = good(await approve(on, app, request));
    const { ceremony } = good(await redeem(browser, again.id, { check: check ?? '' }));
    expect(ceremony).toMatchObject({ id: begun.id, state: 'satisfied', proven: ['password', 'app-qr'] });
  });
});

describe('what a picture is worth', () => {
  test('[QR-1] picture and browser secret are independent: a second browser with a copy polls in vain', async () => {
    const { app } = await withApp();
    const [owner, thief] = [on.browser(), on.browser()];
    const ticket = await showQr(owner);
    const { id } = pictureOf(ticket);
    expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    const { request } = good(await scan(on, app, { id }));
    const { check } = good(await approve(on, app, request));
    for (const path of ['', '/events'])
      expect(outcome(await thief.get(`/api/qr-tickets/${ticket.id}${path}`))).toBe('410 qr-gone');
    expect(outcome(await redeem(thief, ticket.id, { check: check ?? '' }))).toBe('410 qr-gone');
    expect(outcome(await redeem(owner, ticket.id, { check: check ?? '' }))).toBe('200');
  });

  test('[QR-2] of 20 redemptions at once, on two nodes, one gives a ceremony and one a session', async () => {
    const { app } = await withApp();
    const browser = on.browser();
    const ticket = await showQr(browser);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const { check } = good(await approve(on, app, request));
    const nodes = on.nodes.map((node) => browser.at(node.url));
    // Three tries at the digits are granted: the other losers find none left, or the ticket used.
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => redeem(nodes[n % 2]!, ticket.id, { check: check ?? '' })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    for (const lost of answers.filter(({ status }) => status !== 200))
      expect(['422 code-rejected', '410 qr-gone']).toContain(outcome(lost));
    const ends = await Promise.all(nodes.map((node) => tryFinish(node, good(won[0]!).ceremony)));
    expect(ends.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('[QR-2] a picture is good for 60 seconds and renewed five times; an older one is worth nothing', async () => {
    const { app } = await withApp();
    const browser = on.browser();
    let ticket = await showQr(browser);
    const old = pictureOf(ticket);
    for (let left = 4; left >= 0; left--) {
      await on.advance(50);
      ticket = good(await browser.post<{ ticket: Ticket }>(`/api/qr-tickets/${ticket.id}/redraw`)).ticket;
      expect(ticket.redrawsLeft).toBe(left);
    }
    expect(outcome(await scan(on, app, old))).toBe('410 scan-gone');
    expect(outcome(await browser.post(`/api/qr-tickets/${ticket.id}/redraw`))).toBe('410 qr-gone');
    await on.advance(61);
    expect(await stateOf(browser, ticket)).toBe('expired');
    expect(outcome(await scan(on, app, pictureOf(ticket)))).toBe('410 scan-gone');
  });

  test('[QR-2] a second scanner ends it for both', async () => {
    const [one, two] = [await withApp(), await withApp()];
    const browser = on.browser();
    const ticket = await showQr(browser);
    const { request } = good(await scan(on, one.app, pictureOf(ticket)));
    expect(outcome(await scan(on, two.app, pictureOf(ticket), 1))).toBe('410 scan-gone');
    expect(await stateOf(browser, ticket)).toBe('void');
    expect(outcome(await approve(on, one.app, request))).toBe('410 request-gone');
  });

  test('[QR-2] an approval waits a minute for its browser, and comes too late after two', async () => {
    const { app } = await withApp();
    const browser = on.browser();
    const late = await showQr(browser);
    const scanned = good(await scan(on, app, pictureOf(late))).request;
    await on.advance(121);
    expect(outcome(await approve(on, app, scanned))).toBe('410 request-gone');
    const ticket = await showQr(browser);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const { check } = good(await approve(on, app, request));
    await on.advance(61);
    expect(outcome(await redeem(browser, ticket.id, { check: check ?? '' }))).toBe('410 qr-gone');
  });

  test('[QR-3] a browser that is new, or somewhere else than the phone, needs the digits that the app shows', async () => {
    const { holder, app } = await withApp();
    const near = await knownBrowser(holder);
    const easy = await showQr(near);
    const asked = good(await scan(on, app, pictureOf(easy))).request;
    expect(asked).toMatchObject({ check: null, fromNewPlace: false });
    expect(good(await approve(on, app, asked)).check).toBeNull();
    expect(outcome(await redeem(near, easy.id))).toBe('200');

    const far = near.at(on.server.url, '203.0.113.9');
    const other = good(await scan(on, app, pictureOf(await showQr(far)))).request;
    expect(other.check).toMatch(/^\d{6}$/);

    const unknown = on.browser(0, PHONE_ADDRESS);
    const ticket = await showQr(unknown);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const { check } = good(await approve(on, app, request));
    expect(check).toBe(request.check);
    expect(outcome(await redeem(unknown, ticket.id))).toBe('409 proof-missing');
    const wrong = check === '000000' ? '111111' : '000000';
    for (const triesLeft of [2, 1, 0]) {
      const refused = await redeem(unknown, ticket.id, { check: wrong });
      expect([outcome(refused), refused.body]).toMatchObject(['422 code-rejected', { triesLeft }]);
    }
    expect(outcome(await redeem(unknown, ticket.id, { check: check ?? '' }))).toBe('410 qr-gone');
    expect(await stateOf(unknown, ticket)).toBe('void');
  });

  test('[QR-4] a refusal ends it; it needs no unlock', async () => {
    const { app } = await withApp();
    const browser = on.browser();
    const ticket = await showQr(browser);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    good(await refuse(on, app, request));
    expect(await stateOf(browser, ticket)).toBe('refused');
    expect(outcome(await approve(on, app, request))).toBe('410 request-gone');
    expect(outcome(await redeem(browser, ticket.id))).toBe('410 qr-gone');
  });

  test('[QR-4] approving takes the key that the unlock releases, at the server’s generation, for the very words', async () => {
    const { app } = await withApp();
    const other = (await withApp()).app;
    const browser = on.browser();
    const ticket = await showQr(browser);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const bent = [
      { by: other },
      { bend: { account: other.device.accountId } },
      { bend: { client: 'claims-portal' } },
      { bend: { textDigest: request.operationDigest } },
      { number: '123' },
    ];
    for (const one of bent)
      expect(outcome(await approve(on, app, request, one))).toBe('401 request-not-signed');
    expect(outcome(await approve(on, app, request, { generation: 1 }))).toBe('409 not-unlocked');
    expect(outcome(await approve(on, other, request))).toBe('410 request-gone');
    expect(await stateOf(browser, ticket)).toBe('scanned');
  });

  test('[QR-4] a planted cookie gains nothing: the session is a fresh one, and the planted one does not become it', async () => {
    const { holder, app } = await withApp();
    const attacker = await signIn(on, on.browser(), await on.holder());
    const victim = attacker.at(on.server.url);
    const ticket = await showQr(victim);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const { check } = good(await approve(on, app, request));
    const { ceremony } = good(await redeem(victim, ticket.id, { check: check ?? '' }));
    good(await tryFinish(victim, ceremony));
    const who = async (browser: HttpBrowser) => (await browser.get<{ userId?: string }>('/api/account')).body;
    expect((await who(victim)).userId).toBe(holder.userId);
    expect((await who(attacker)).userId).toBeUndefined();
  });

  test('what was asked for cannot be changed by redeeming: another interaction has no ticket', async () => {
    const { app } = await withApp();
    const browser = on.browser();
    const ticket = await showQr(browser);
    const { request } = good(await scan(on, app, pictureOf(ticket)));
    const { check } = good(await approve(on, app, request));
    const { ceremony } = good(await redeem(browser, ticket.id, { check: check ?? '' }));
    const elsewhere = await browser.post('/api/sign-in/finish', {
      ceremony: ceremony.id,
      interaction: 'another',
    });
    expect(elsewhere.status).toBeGreaterThanOrEqual(400);
  });
});
