import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Apache, startApache } from '../setup/apache.ts';
import { type BendingProxy, startBendingProxy } from '../setup/bending-proxy.ts';
import { HttpBrowser } from '../setup/http-browser.ts';
import { good, type InCeremony, tryCode } from '../setup/journeys.ts';
import { judge } from '../setup/judge.ts';
import { type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { freePort } from '../setup/server.ts';

const INSTALL = 'apt-get install apache2 libapache2-mod-auth-openidc';
const apache2 = judge('apache2', INSTALL, '/usr/lib/apache2/modules/mod_auth_openidc.so');
const SECRET = 'a-secret-that-apache-keeps-for-itself-here';

/** One person, in whose browser both sites keep cookies of their own. */
interface Visitor {
  there: HttpBrowser;
  here: HttpBrowser;
}

apache2.describe('Apache with mod_auth_openidc', () => {
  let folder: string;
  let on: PopulatedInstallation;
  let proxy: BendingProxy;
  let apache: Apache;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigillo-clients-'));
    const port = await freePort();
    await writeFile(join(folder, 'clients.json'), JSON.stringify([registration(port)]));
    on = await populatedInstallation(1, {
      SIGILLO_CLIENTS_FILE: join(folder, 'clients.json'),
      SIGILLO_OUTGOING_ALLOWED_HOSTS: `127.0.0.1:${port}`,
    });
    proxy = await startBendingProxy();
    const client = { issuer: on.server.issuer, clientId: 'apache', clientSecret: SECRET };
    apache = await startApache(apache2.program, { port, ...client, outgoingProxy: proxy.host });
  });
  afterAll(async () => {
    await apache?.[Symbol.asyncDispose]();
    proxy?.close();
    await on?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the page, signs in where it leads, and comes back to the page: what that answers. */
  async function signIn(): Promise<Visitor & { answer: Response; authorize: URL }> {
    const holder = await on.holder({ totp: true });
    const [there, here] = [new HttpBrowser(apache.origin), on.browser()];
    const authorize = whereTo(await there.request('GET', '/'));
    const asked = whereTo(await here.request('GET', authorize.pathname + authorize.search));
    const interaction = asked.searchParams.get('interaction');
    const given = { interaction, identifier: holder.email, password: holder.password };
    const { ceremony } = good(await here.post<InCeremony>('/api/sign-in/password', given));
    good(await tryCode(here, ceremony, 'totp', await on.code(holder)));
    const finish = { interaction, ceremony: ceremony.id };
    const { redirectTo } = good(await here.post<{ redirectTo: string }>('/api/sign-in/finish', finish));
    const consent = whereTo(await here.request('GET', redirectTo)).searchParams.get('interaction');
    const allowed = await here.post<{ redirectTo: string }>('/api/consent', {
      interaction: consent,
      accept: true,
    });
    const back = whereTo(await here.request('GET', good(allowed).redirectTo));
    const answer = await there.request('GET', back.pathname + back.search);
    return { there, here, answer, authorize };
  }

  const open = ({ there }: Visitor) => there.request('GET', '/');
  const isSignedInThere = async (visitor: Visitor) => (await open(visitor)).status === 200;

  test('[OIDC-1] signs in by the code flow with PKCE, and refreshes', async () => {
    const visitor = await signIn();
    expect(visitor.authorize.searchParams.get('code_challenge_method')).toBe('S256');
    expect([visitor.answer.status, whereTo(visitor.answer).pathname]).toEqual([302, '/']);
    const first = await open(visitor);
    expect([first.status, await first.text()]).toEqual([200, 'signed in\n']);
    expect(first.headers.get('x-subject')).toMatch(/^[\w-]{43}$/);
    const second = await open(visitor);
    const tokens = [first, second].map(({ headers }) => headers.get('x-access-token'));
    expect(tokens[0]).toMatch(/^[\w-]{43}$/);
    expect(tokens[1]).toMatch(/^[\w-]{43}$/);
    expect(tokens[0]).not.toBe(tokens[1]);
    expect(proxy.asked.filter((one) => one === 'POST /oidc/token').length).toBeGreaterThanOrEqual(3);
  });

  test('[OIDC-8] is logged out by back channel when the holder signs out, and the others stay', async () => {
    const [visitor, other] = [await signIn(), await signIn()];
    expect([await isSignedInThere(visitor), await isSignedInThere(other)]).toEqual([true, true]);
    const page = await (await visitor.here.request('GET', '/oidc/sign-out')).text();
    const ticket = /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const form = new URLSearchParams({ ticket, choice: 'everywhere' }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await visitor.here.request('POST', '/oidc/sign-out/confirm', form, type)).status).toBe(303);
    const waiting = () => on.database.db.selectFrom('logout_notice').selectAll().execute();
    await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
    expect([await isSignedInThere(visitor), await isSignedInThere(other)]).toEqual([false, true]);
  });

  test('refuses an ID token of which one byte was changed', async () => {
    proxy.bend((body) =>
      body.replace(
        /("id_token":"[^"]+\.)(.)([^".]+")/,
        (_, before, byte, after) => `${before}${byte === 'A' ? 'B' : 'A'}${after}`,
      ),
    );
    const visitor = await signIn();
    proxy.bend((body) => body);
    expect(visitor.answer.status).not.toBe(302);
    expect(await isSignedInThere(visitor)).toBe(false);
    expect(await apache.log()).toMatch(/signature verification failed|could not verify/i);
  });
});

const whereTo = (response: Response): URL =>
  new URL(response.headers.get('location') ?? '', 'http://localhost');

const registration = (port: number) => ({
  clientId: 'apache',
  clientSecret: SECRET,
  name: { it: 'Apache', en: 'Apache' },
  redirectUris: [`http://127.0.0.1:${port}/callback`],
  backchannelLogoutUri: `http://127.0.0.1:${port}/callback?logout=backchannel`,
  tokenEndpointAuthMethod: 'client_secret_basic',
  scopes: ['openid', 'email', 'offline_access'],
  policy: {
    level: 1,
    secondFactor: 'optional',
    methods: ['totp'],
    first: 'totp',
    registrationPhone: 'optional',
    smsAlone: true,
  },
});
