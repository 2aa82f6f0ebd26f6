import type { Role } from '../../apps/server/src/gate/operators.ts';
import { inviteOperator } from '../../apps/server/src/operators/invite-operator.service.ts';
import { writeAudit } from '../../apps/server/src/platform/audit/audit.ts';
import { inTransaction, type Tx } from '../../apps/server/src/platform/database/database.ts';
import { type Message, queueMessage } from '../../apps/server/src/platform/messages/messages.ts';
import type { HttpBrowser } from './http-browser.ts';
import { type Ceremony, good, type InCeremony } from './journeys.ts';
import { provePasskey } from './passkeys.ts';
import { PASSWORD, type PopulatedInstallation } from './populated.ts';
import { SoftPasskey } from './soft-passkey.ts';

/** Somebody who works in the console, signed in. */
export interface TestOperator {
  id: string;
  email: string;
  name: string;
  device: SoftPasskey;
  browser: HttpBrowser;
}

/** Where operators are invited: a `PopulatedInstallation`, or what a journey has of one. */
type Surroundings = Pick<PopulatedInstallation, 'keyring' | 'stores' | 'nowMs'> & {
  server: { issuer: string };
  database: { db: PopulatedInstallation['database']['db'] };
};

let counter = 0;

/** Invites as the command line does. @returns the token of the link */
export async function invitationFor(
  on: Surroundings,
  roles: readonly Role[],
  email = `operator.${++counter}@example.org`,
): Promise<{ token: string; email: string; accountId: string }> {
  const { keyring, stores } = on;
  const clock = { now: () => new Date(on.nowMs()), nowMs: on.nowMs };
  const ports = {
    ...stores,
    clock,
    keyring,
    queue: (tx: Tx, message: Message) => queueMessage(tx, keyring, on.nowMs(), message),
    audit: (tx: Parameters<typeof writeAudit>[0], event: Parameters<typeof writeAudit>[2]) =>
      writeAudit(tx, keyring, event),
    settings: { issuer: on.server.issuer },
  };
  const invitation = { email, roles, language: 'en' as const, by: null };
  const { link, accountId } = await inTransaction(on.database.db, (tx) =>
    inviteOperator(ports, tx, invitation),
  );
  return { token: link.split('#')[1] ?? '', email, accountId };
}

interface KeyAsked {
  ceremony: string;
  enrolment: string;
  challenge: string;
  publicKey: Parameters<SoftPasskey['create']>[0];
}

/** Begins to take an invitation up. */
export async function startKey(browser: HttpBrowser, token: string): Promise<KeyAsked> {
  return good(await browser.post<KeyAsked>('/api/console/invitation/key', { token, password: PASSWORD }));
}

/** Takes it up with the key that the device makes. */
export function tryAccept(
  browser: HttpBrowser,
  token: string,
  { publicKey, ...asked }: KeyAsked,
  device: SoftPasskey,
  name = 'Olga Operator',
) {
  const credential = device.create(publicKey);
  const given = { token, password: PASSWORD, name, language: 'en', ...asked, credential };
  return browser.post('/api/console/invitation/accept', given);
}

/** An operator's first proof. */
export const tryConsolePassword = (browser: HttpBrowser, email: string, password = PASSWORD) =>
  browser.post<InCeremony>('/api/console/sign-in/password', { email, password });

/** Signs an operator in to the console. @returns the last answer */
export async function enterConsole(
  browser: HttpBrowser,
  { email, device }: Pick<TestOperator, 'email' | 'device'>,
) {
  const { ceremony } = good(await tryConsolePassword(browser, email));
  good(await provePasskey(browser, ceremony, device));
  const finish = await browser.post('/api/console/sign-in/finish', { ceremony: ceremony.id });
  good(finish);
  return finish;
}

/** Somebody who was invited, has come, and is signed in. */
export async function giveOperator(on: PopulatedInstallation, ...roles: Role[]): Promise<TestOperator> {
  const { token, email, accountId: id } = await invitationFor(on, roles);
  const device = new SoftPasskey(on.server.issuer);
  const browser = on.browser();
  const name = `Operator ${counter}`;
  good(await tryAccept(browser, token, await startKey(browser, token), device, name));
  await enterConsole(browser, { email, device });
  return { id, email, name, device, browser };
}

/** The ceremony of a refusal that asks for one. */
export function ceremonyOf({ status, body }: { status: number; body: unknown }): Ceremony {
  const { ceremony } = (body ?? {}) as Partial<InCeremony>;
  if (status !== 403 || !ceremony)
    throw new Error(`no proof is asked for: ${status} ${JSON.stringify(body)}`);
  return ceremony;
}

/** Makes a decision: asks, proves the key for it, and asks again. */
export async function decide<T = unknown>(
  { browser, device }: Pick<TestOperator, 'browser' | 'device'>,
  path: string,
  body: object = {},
) {
  const ceremony = ceremonyOf(await browser.post(path, body));
  good(await provePasskey(browser, ceremony, device));
  return browser.post<T>(path, { ...body, approval: ceremony.id });
}
