import { randomBytes } from 'node:crypto';
import { base32Encode } from '@sigillo/otp';
import { expect } from 'vitest';
import { judge } from '../../setup/judge.ts';
import type { Look } from './looks.ts';
import type { Stage } from './stage.ts';
import { openAppPage, type Visitor } from './visitor.ts';

/** The authenticator is used on the smallest telephones, and in a window on a desk. */
export const APP_LOOKS: readonly Look[] = [
  { language: 'it', width: 320 },
  { language: 'en', width: 1440 },
];

/** Makes codes without a line of ours. */
export const oathtool = judge('oathtool', 'apt-get install oathtool');

/** An account of another service, as that service shows it. */
export interface Service {
  issuer: string;
  account: string;
  /** Base 32. */
  key: string;
}

let services = 0;

export function newService(issuer = 'Posta', bytes = 20): Service {
  services += 1;
  return { issuer, account: `anna.${services}@example.org`, key: base32Encode(randomBytes(bytes)) };
}

/** The address that the service's QR code holds. */
export function keyUriOf({ issuer, account, key }: Service): string {
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${key}&issuer=${encodeURIComponent(issuer)}`;
}

/** Opens the app for the first time and goes past the welcome. */
export async function openAuthenticator(stage: Stage, look: Look): Promise<Visitor> {
  const visitor = await openAppPage(stage, look);
  const { say } = visitor;
  await visitor.go(stage.product.authenticator);
  await visitor.arrive(say('authenticator.welcome-title'));
  await visitor.press(say('authenticator.start'));
  await visitor.arrive(say('authenticator.home-title'));
  return visitor;
}

/** Types a new account, from whatever screen. */
export async function typeAccount(stage: Stage, visitor: Visitor, service: Service): Promise<void> {
  const { say } = visitor;
  await visitor.go(`${stage.product.authenticator}/type`);
  await visitor.arrive(say('authenticator.type-title'));
  await visitor.fill(say('authenticator.issuer'), service.issuer);
  await visitor.page.getByLabel(new RegExp(`^${say('authenticator.account-name')}`)).fill(service.account);
  await visitor.fill(say('authenticator.key'), service.key);
  await visitor.press(say('authenticator.add'));
  await visitor.arrive(say('authenticator.codes-title'));
  await visitor.read(say('authenticator.added', { count: 1 }));
}

/** The row of an account in the list. */
export function rowOf({ page }: Visitor, { account }: Pick<Service, 'account'>) {
  return page.getByRole('listitem').filter({ hasText: account });
}

/** Waits until the list shows the code that oathtool makes of the key at the same moment. */
export async function expectOathCode(
  visitor: Visitor,
  service: Service,
  parameters: string[] = [],
): Promise<void> {
  const row = rowOf(visitor, service);
  const read = async () => {
    const words = (await row.textContent()) ?? '';
    const nowMs = await visitor.page.evaluate(() => Date.now());
    const now = `--now=@${Math.floor(nowMs / 1000)}`;
    const mode = parameters.length > 0 ? parameters : ['--totp'];
    const { stdout } = oathtool.run([...mode, '--base32', now, '--', service.key]);
    return { code: /\d{3,4} \d{3,4}/.exec(words)?.[0].replace(' ', ''), judged: stdout.trim() };
  };
  await expect
    .poll(async () => {
      const { code, judged } = await read();
      return code !== undefined && code === judged;
    })
    .toBe(true);
}
