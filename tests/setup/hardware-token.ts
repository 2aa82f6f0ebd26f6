import { base32Encode } from '@sigillo/otp';
import { readCsv, type TokenRecord } from '@sigillo/pskc';
import { importTokens } from '../../apps/server/src/flows/operator/tokens/import-tokens.service.ts';
import { fixedClock } from '../../apps/server/src/platform/clock/clock.ts';
import type { Db } from '../../apps/server/src/platform/database/database.ts';
import type { Keyring } from '../../apps/server/src/platform/keyring/keyring.ts';
import { hardwareTokenStore } from '../../apps/server/src/stores/accounts/hardware-token.store.ts';
import type { HttpBrowser } from './http-browser.ts';
import { good, type InCeremony } from './journeys.ts';
import type { Judge } from './judge.ts';

/** A hardware token, played by another program: seed, and what its button or its clock has come to. */
export interface Token {
  serial: string;
  seed: Uint8Array;
  kind: 'hotp' | 'totp';
  digits: number;
}

/** The line by which an administrator imports it. */
const csvLine = ({ serial, seed, kind, digits }: Token): string =>
  `${serial},${base32Encode(seed)},${digits},${kind === 'totp' ? '30,' : ',0'}`;

export const CSV_HEAD = 'serial,seed,digits,period,counter';

interface Surroundings {
  keyring: Keyring;
  nowMs(): number;
  database: { db: Db };
}

/** Imports what was read of a file. @returns what is wrong with it */
export function takeIn({ keyring, nowMs, database: { db } }: Surroundings, found: readonly TokenRecord[]) {
  return importTokens({ db, keyring, clock: fixedClock(nowMs()), stock: hardwareTokenStore(keyring) }, found);
}

/** Tokens that an administrator has imported. */
export async function putInStock(on: Surroundings, tokens: readonly Token[]): Promise<void> {
  const { tokens: found } = await readCsv([CSV_HEAD, ...tokens.map(csvLine)].join('\n'));
  const faults = await takeIn(on, found);
  if (faults.length > 0) throw new Error(`the stock is not taken in: ${JSON.stringify(faults)}`);
}

/** Begins to add a token to an account that is signed in; gives the ceremony, and what hands its codes in. */
export async function addToken(browser: HttpBrowser, serial: string) {
  const { ceremony } = good(await browser.post<InCeremony>('/api/account/authenticators'));
  const path = `/api/ceremonies/${ceremony.id}/enrolments`;
  const wanted = { method: 'hardware-token', serial };
  const { enrolment } = good(await browser.post<{ enrolment: { id: string } }>(path, wanted));
  const finish = (codes: string) =>
    browser.post<InCeremony>(`${path}/${enrolment.id}/proofs`, { code: codes });
  return { ceremony, finish };
}

/** What it shows for a counter, or for a moment in Unix milliseconds. */
export function tokenCode(oathtool: Judge, { seed, kind, digits }: Token, at: number): string {
  const place =
    kind === 'hotp' ? ['--hotp', `--counter=${at}`] : ['--totp', `--now=@${Math.floor(at / 1000)}`];
  const { status, stdout } = oathtool.run([...place, `--digits=${digits}`, '--base32', base32Encode(seed)]);
  if (status !== 0) throw new Error('oathtool failed');
  return stdout.trim();
}

/** Two consecutive codes as their holder types them: one after the other. */
export const tokenPair = (oathtool: Judge, token: Token, at: number): string =>
  `${tokenCode(oathtool, token, at)} ${tokenCode(oathtool, token, token.kind === 'hotp' ? at + 1 : at + 30_000)}`;
