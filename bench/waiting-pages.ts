import { setTimeout as sleep } from 'node:timers/promises';
import {
  approve,
  pictureOf,
  redeem,
  scan,
  showQr,
  type Ticket,
  ticketOf,
} from '../tests/setup/app-requests.ts';
import type { HttpBrowser } from '../tests/setup/http-browser.ts';
import { good, tryFinish } from '../tests/setup/journeys.ts';
import { percentile, timed } from '../tests/setup/latency.ts';
import { residentMib } from '../tests/setup/resident-memory.ts';
import { cpuBetween } from './cpu-time.ts';
import type { Measured } from './installation.ts';

/** What many waiting pages cost, and how soon they hear. */
export interface Waiting {
  pages: number;
  /** Memory of the node, in MiB. */
  residentMib: { before: number; after: number };
  kibPerPage: number;
  /** Of node and database, for all pages together: streams held open, and a new picture every fifty seconds. */
  cpuMsPerSecond: number;
  approvals: number;
  /** From the answer to the app's approval to the browser's session, in milliseconds. */
  signedInMs: { p50: number; p95: number; p99: number };
}

export interface WaitingSizes {
  pages: number;
  approvals: number;
  /** How long the pages wait before anybody approves: at fifty, each has had one more picture. */
  waitSeconds: number;
}

/** Ten seconds before a picture expires, a page asks for the next one. */
const REDRAW_MS = 50_000;
/** Approvals in a second. */
const PACE = 10;

/** A sign-in page that shows a picture and hears when something happens to it. */
interface Page {
  browser: HttpBrowser;
  ticket: Ticket;
  /** When its picture was made, on the clock of `performance`. */
  drawnAtMs: number;
  /** Its stream of events; kept whole, since `fetch` ends the body of an answer that nobody holds. */
  events: Response;
  /** A renewal that is under way. */
  drawing: Promise<void>;
  /** Somebody has begun to scan it, or its picture expired since the node was too busy to renew it. */
  isTaken: boolean;
}

/** Opens so many sign-in pages on one node, lets them wait, and has some of them approved at an even pace. */
export async function measureWaiting(on: Measured, sizes: WaitingSizes): Promise<Waiting> {
  const before = residentMib(on.pid);
  const pages: Page[] = [];
  using _ = keepDrawn(pages);
  await timed(sizes.pages, 16, async () => pages.push(await openPage(on)));

  const [cpuBefore, startMs] = [on.cpu(), performance.now()];
  const after = await lowestResident(on, sizes.waitSeconds);
  const { server, database } = cpuBetween(cpuBefore, on.cpu());
  const cpuMsPerSecond = (server + database) / ((performance.now() - startMs) / 1000);

  const took = await approveSome(on, pages, sizes.approvals);
  await Promise.all(pages.filter((page) => !page.isTaken).map((page) => page.events.body?.cancel()));
  return {
    pages: pages.length,
    residentMib: { before, after },
    kibPerPage: ((after - before) * 1024) / pages.length,
    cpuMsPerSecond,
    approvals: took.length,
    signedInMs: { p50: percentile(took, 0.5), p95: percentile(took, 0.95), p99: percentile(took, 0.99) },
  };
}

async function openPage(on: Measured): Promise<Page> {
  const browser = on.browser();
  const ticket = await showQr(browser);
  const drawnAtMs = performance.now();
  const events = await browser.request('GET', `/api/qr-tickets/${ticket.id}/events`);
  if (!events.ok) throw new Error(`a page could not wait: ${events.status}`);
  return { browser, ticket, drawnAtMs, events, drawing: Promise.resolve(), isTaken: false };
}

/** Renews the pictures that are about to expire, until disposed of. */
function keepDrawn(pages: readonly Page[]): Disposable {
  let isOver = false;
  const loop = async () => {
    for (; !isOver; await sleep(100)) {
      const old = pages.filter((one) => !one.isTaken && performance.now() - one.drawnAtMs > REDRAW_MS);
      // A few at a time: thousands of new connections at once are more than a listener lets wait.
      await timed(old.length, 16, async (nth) => {
        const page = old[nth]!;
        if (page.isTaken) return;
        page.drawing = redraw(page);
        await page.drawing;
      });
    }
  };
  void loop();
  return {
    [Symbol.dispose]: () => {
      isOver = true;
    },
  };
}

async function redraw(page: Page): Promise<void> {
  page.drawnAtMs = performance.now();
  const path = `/api/qr-tickets/${page.ticket.id}/redraw`;
  const { status, body } = await page.browser.post<{ ticket: Ticket }>(path);
  if (status === 200) page.ticket = body.ticket;
  else page.isTaken = true;
}

/** The least memory that the node had in that time: what is more is yet to be collected. */
async function lowestResident(on: Measured, seconds: number): Promise<number> {
  const endMs = performance.now() + seconds * 1000;
  let lowest = residentMib(on.pid);
  while (performance.now() < endMs) {
    await sleep(500);
    lowest = Math.min(lowest, residentMib(on.pid));
  }
  return lowest;
}

/** @returns how long each page took from the approval to its session, in milliseconds */
async function approveSome(on: Measured, pages: readonly Page[], approvals: number): Promise<number[]> {
  const every = Math.floor(pages.length / approvals);
  const chosen = Array.from({ length: approvals }, (_, nth) => pages[nth * every]!);
  const took = chosen.map(async (page, nth) => {
    await sleep((nth * 1000) / PACE);
    if (page.isTaken) return [];
    page.isTaken = true;
    await page.drawing;
    return [await approveOne(on, page)];
  });
  return (await Promise.all(took)).flat();
}

async function approveOne(on: Measured, page: Page): Promise<number> {
  const { app } = on.nextPerson();
  const approved = Promise.withResolvers<string>();
  const signedIn = followPage(page, approved.promise);
  const { request } = good(await scan(on, app, pictureOf(page.ticket)));
  const { check } = good(await approve(on, app, request));
  const approvedMs = performance.now();
  approved.resolve(check ?? '');
  await signedIn;
  return performance.now() - approvedMs;
}

/** What the page does when it hears that something changed, until it is signed in. */
async function followPage({ browser, ticket, events }: Page, check: Promise<string>): Promise<void> {
  for await (const text of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    if (!text.includes('changed')) continue;
    const { state } = await ticketOf(browser, ticket.id);
    if (state !== 'approved') continue;
    const { ceremony } = good(await redeem(browser, ticket.id, { check: await check }));
    good(await tryFinish(browser, ceremony));
    return;
  }
  throw new Error('the page heard nothing');
}
