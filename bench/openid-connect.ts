import { setTimeout as sleep } from 'node:timers/promises';
import { timeStepAt, totpAt } from '@sigillo/otp';
import type { HttpBrowser } from '../tests/setup/http-browser.ts';
import { good, type InCeremony, tryCode } from '../tests/setup/journeys.ts';
import { timed } from '../tests/setup/latency.ts';
import type { Holder } from '../tests/setup/populated.ts';
import type { Measured } from './installation.ts';
import { follow, newRequest, relyingParty, type SignInRequest, type Tokens } from './relying-party.ts';

/** What is measured of OpenID Connect: each does one of its kind. */
export interface OpenIdConnect {
  /** From a new browser at the relying party to the claims about its holder: seven requests. */
  signInByPassword(): Promise<unknown>;
  /** The same with the code of an authenticator app: eight. */
  signInByTotp(): Promise<unknown>;
  /** From a browser with a live session to verified tokens, without a page: two. */
  signInSilently(): Promise<unknown>;
  /** From a refresh token to new tokens: one. */
  refresh(): Promise<unknown>;
  readDiscovery(): Promise<unknown>;
}

type Party = ReturnType<typeof relyingParty>;

interface SignedIn {
  browser: HttpBrowser;
  tokens: Tokens;
}

/** @param browsers signed in beforehand, each with a refresh token: at least as many as are used at once */
export async function openIdConnect(on: Measured, browsers: number): Promise<OpenIdConnect> {
  const { issuer } = on.server;
  const party = relyingParty(issuer);
  const signedIn: SignedIn[] = [];
  await timed(browsers, 8, async () => {
    // Who wants a refresh token has to ask its holder (OpenID Connect Core §11).
    const request = newRequest({ offline: true, prompt: 'consent' });
    signedIn.push(await signIn(on, party, on.nextPlain(), request));
  });
  let next = 0;
  const nextSignedIn = (): SignedIn => signedIn[next++ % signedIn.length]!;

  return {
    signInByPassword: () => signIn(on, party, on.nextPlain(), newRequest()),
    signInByTotp: () => signIn(on, party, on.nextTotp(), newRequest(), true),
    async signInSilently() {
      const request = newRequest({ prompt: 'none' });
      await party.redeem(request, await follow(nextSignedIn().browser, request.path));
    },
    async refresh() {
      // Nobody else's meanwhile: of two who use one token at once neither is left with any.
      const one = signedIn.shift();
      if (!one) throw new RangeError('more refreshes at once than browsers');
      one.tokens = await party.refresh(one.tokens);
      signedIn.push(one);
    },
    async readDiscovery() {
      const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`discovery: ${answer.status}`);
    },
  };
}

async function signIn(
  on: Measured,
  party: Party,
  holder: Holder,
  request: SignInRequest,
  totp = false,
): Promise<SignedIn> {
  const browser = on.browser();
  const page = await follow(browser, request.path);
  const interaction = page.searchParams.get('interaction') ?? '';
  good(await browser.post('/api/sign-in', { interaction }));
  const first = { interaction, identifier: holder.email, password: holder.password };
  let { ceremony } = good(await browser.post<InCeremony>('/api/sign-in/password', first));
  if (totp) ({ ceremony } = good(await tryCode(browser, ceremony, 'totp', await nextCode(holder))));
  const end = { ceremony: ceremony.id, interaction };
  const { redirectTo } = good(await browser.post<{ redirectTo: string }>('/api/sign-in/finish', end));
  const tokens = await party.redeem(request, await afterConsent(browser, redirectTo));
  await party.userinfo(tokens);
  return { browser, tokens };
}

/** Where the browser is sent in the end: by way of the consent page, where one was asked for. */
async function afterConsent(browser: HttpBrowser, path: string): Promise<URL> {
  const to = await follow(browser, path);
  const interaction = to.searchParams.get('interaction');
  if (interaction === null) return to;
  const consent = { interaction, accept: true };
  const { redirectTo } = good(await browser.post<{ redirectTo: string }>('/api/consent', consent));
  return follow(browser, redirectTo);
}

/** A code that was not used yet: who comes again too soon waits for the next one, as people do. */
async function nextCode(holder: Holder): Promise<string> {
  const step = Math.max(timeStepAt(Date.now()), holder.usedStep + 1);
  while (step > timeStepAt(Date.now()) + 1) await sleep(100);
  holder.usedStep = step;
  return totpAt(holder.seed, step * 30_000);
}
