import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppBrowser } from '../../../../tests/setup/app-browser.ts';
import { type DeviceApp, linkedApp } from '../../../../tests/setup/device-app.ts';
import { good } from '../../../../tests/setup/journeys.ts';
import { type PopulatedInstallation, populatedInstallation } from '../../../../tests/setup/populated.ts';
import { type PushService, startPushService } from '../../../../tests/setup/push-service.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { randomId, uuidv7 } from '../platform/ids.ts';
import { SAMPLE_NOTICES } from '../platform/messages/templates/holder-notices.fixture.ts';
import { identityEmails } from '../platform/messages/templates/identity-emails.ts';
import { noticeStore } from '../stores/accounts/notice.store.ts';
import { type Notice, notifyHolder, type SecurityNotice } from './notices.ts';

const MINUTE_MS = 60_000;
const EVENTS = Object.keys(SAMPLE_NOTICES) as SecurityNotice[];

let service: PushService;
let on: PopulatedInstallation;
beforeAll(async () => {
  service = await startPushService();
  on = await populatedInstallation(1, { SIGILLO_OUTGOING_ALLOWED_HOSTS: service.host });
});
afterAll(async () => {
  await on[Symbol.asyncDispose]();
  service.close();
});

interface Told {
  id: string;
  /** Confirmed, both. */
  emails: [string, string];
  unconfirmed: string;
  phone: string;
  app: DeviceApp;
  own: AppBrowser;
}

const transaction = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(on.database.db, work);

/** A holder with two confirmed addresses, one that is not, and an app that wants notices beside one that does not. */
async function somebody(): Promise<Told> {
  const holder = await on.holder({ sms: true });
  const [second, unconfirmed] = [`second.${holder.email}`, `unconfirmed.${holder.email}`];
  const at = new Date(on.nowMs());
  const contact = (address: string, verifiedAt: Date | null) => ({
    id: uuidv7(on.nowMs()),
    kind: 'email' as const,
    channelId: randomId(),
    address,
    verifiedAt,
  });
  const [app, quiet] = [await linkedApp(on, holder), await linkedApp(on, holder)];
  await transaction(async (tx) => {
    await on.stores.contacts.insert(tx, holder.id, contact(second, at), at);
    await on.stores.contacts.insert(tx, holder.id, contact(unconfirmed, null), at);
    await on.stores.devices.setPush(tx, app.device, JSON.stringify(service.subscribe()));
    await on.stores.devices.setPush(tx, quiet.device, null);
  });
  const { id, email, phone } = holder;
  return { id, emails: [email, second], unconfirmed, phone, app, own: new AppBrowser(on, app) };
}

const presenter = {
  client: { address: '192.0.2.7', network: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/130.0' },
};

async function tell({ id }: Told, notice: Notice, by: typeof presenter | null = presenter): Promise<void> {
  const { keyring, stores } = on;
  const clock = { nowMs: on.nowMs, now: () => new Date(on.nowMs()) };
  const gate = { clock, keyring, devices: stores.devices, notices: noticeStore(keyring) };
  await transaction(async (tx) => {
    const prover = await stores.accounts.load(tx, id);
    if (!prover) throw new Error('nobody there');
    await notifyHolder(gate, tx, prover, by, notice);
  });
}

interface Shown {
  id: string;
  kind: string;
  title: string;
  facts: { label: string; value: string }[];
  links: { label: string; href: string }[];
  isSeen: boolean;
}

const shown = async ({ own }: Told, language = 'en') =>
  good(await own.get<{ notices: Shown[] }>(`/device/notices?language=${language}`)).notices;

describe.each(EVENTS)('of %s', (template) => {
  test('[AUD-4] every confirmed address and every app is told within a minute', async () => {
    const holder = await somebody();
    const toldMs = on.nowMs();
    await tell(holder, { template, params: SAMPLE_NOTICES[template] });
    for (const address of holder.emails) {
      const sent = () => on.dev.outbox(address, 'email');
      await expect.poll(async () => (await sent()).length, { timeout: MINUTE_MS }).toBe(1);
      const [message] = await sent();
      expect(Date.parse(message?.sentAt ?? '') - toldMs).toBeLessThan(MINUTE_MS);
      expect(message?.text).toContain('Firefox');
      // What becomes of an identity is nobody's doing from a browser: support answers for it.
      const way = template in identityEmails ? 'something is not right' : 'This wasn’t me';
      expect(message?.text.replaceAll('\n', ' ')).toContain(way);
    }
    const pushed = () => on.dev.outbox(holder.app.device.id, 'push');
    await expect.poll(async () => (await pushed()).length, { timeout: MINUTE_MS }).toBe(1);
    expect((await pushed())[0]?.text).toBe('{"v":1,"kind":"notice"}');
    expect(await on.dev.outbox(holder.unconfirmed, 'email')).toEqual([]);

    const [notice, ...others] = await shown(holder);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ kind: template, isSeen: false });
    expect(notice?.facts.map(({ label }) => label)).toContain('When');
    expect(notice?.links.length).toBeGreaterThan(0);
    const [mail] = await on.dev.outbox(holder.emails[0], 'email');
    expect(notice?.title).toBe(mail?.subject);
  });

  test('[AUD-4] something in the product tells it', () => {
    const told = new RegExp(`'${template}'`);
    const sources = sourcesOf(
      '{cases,factors,gate,flows,identities,composition,operators,protocols,recovery}/**/*.ts',
    );
    expect(sources.some((text) => told.test(text))).toBe(true);
  });
});

function sourcesOf(pattern: string): string[] {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const paths = globSync(pattern, { cwd }).filter((path) => !path.includes('.test.'));
  return paths.map((path) => readFileSync(`${cwd}${path}`, 'utf8'));
}

test('[AUD-4] an address that was the holder’s until now is told too, each address once', async () => {
  const holder = await somebody();
  const former = `former.${holder.emails[0]}`;
  await tell(holder, { template: 'password-changed', alsoTo: [former, holder.emails[1]] });
  for (const address of [...holder.emails, former])
    await expect.poll(async () => (await on.dev.outbox(address)).length, { timeout: MINUTE_MS }).toBe(1);
});

test('what nobody did, but time brought about, names no place and no browser', async () => {
  const holder = await somebody();
  await tell(holder, { template: 'device-removed', params: { device: 'Anna’s phone' } }, null);
  const [notice] = await shown(holder);
  expect(notice?.facts.map(({ label }) => label)).toEqual(['When']);
});

test('apps read what happened in the language they ask for, and what one has shown is seen on all', async () => {
  const holder = await somebody();
  await tell(holder, { template: 'recovery-codes-issued' });
  await tell(holder, { template: 'password-changed' });
  const [newest, older] = await shown(holder, 'it');
  expect([newest?.title, older?.title]).toEqual(['La tua password è cambiata', 'Nuovi codici di recupero']);
  const seen = async () => (await shown(holder)).map(({ isSeen }) => isSeen);
  good(await holder.own.post('/device/notices/seen', { upTo: older?.id }));
  expect(await seen()).toEqual([false, true]);
  const other = new AppBrowser(on, await linkedApp(on, holder));
  good(await other.post('/device/notices/seen', { upTo: newest?.id }));
  expect(await seen()).toEqual([true, true]);
});

test('nobody reads what happened to somebody else, and nothing older than 90 days', async () => {
  const [holder, stranger] = [await somebody(), await somebody()];
  await tell(holder, { template: 'password-changed' });
  expect(await shown(stranger)).toEqual([]);
  await on.advance(91 * 24 * 60 * 60);
  expect(await shown(holder)).toEqual([]);
});
