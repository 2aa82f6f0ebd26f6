import { approve, listRequests, pictureOf, redeem, scan, showQr } from '../tests/setup/app-requests.ts';
import {
  asked,
  type Challenge,
  enterPassword,
  good,
  type InCeremony,
  tryFinish,
} from '../tests/setup/journeys.ts';
import type { Measured } from './installation.ts';

/** From a new browser's page with a picture, scanned and approved, to a session: five requests. */
export async function signInByQr(on: Measured): Promise<void> {
  const { app } = on.nextPerson();
  const browser = on.browser();
  const ticket = await showQr(browser);
  const { request } = good(await scan(on, app, pictureOf(ticket)));
  const { check } = good(await approve(on, app, request));
  const { ceremony } = good(await redeem(browser, ticket.id, { check: check ?? '' }));
  good(await tryFinish(browser, ceremony));
}

/** From a new browser's password, by a request that the app lists and approves, to a session: six requests. */
export async function signInByPush(on: Measured): Promise<void> {
  const { holder, app } = on.nextPerson();
  const browser = on.browser();
  const begun = await enterPassword(browser, holder);
  const path = `/api/ceremonies/${begun.id}`;
  const ask = asked(begun, 'app-push');
  const started = await browser.post<{ challenge: Challenge }>(`${path}/challenges`, ask);
  const { number } = good(started).challenge;
  const { requests } = good(await listRequests(on, app));
  const [request] = requests;
  if (!request) throw new Error('the app was not asked');
  good(await approve(on, app, request, { number }));
  const { ceremony } = good(await browser.get<InCeremony>(path));
  good(await tryFinish(browser, ceremony));
}
