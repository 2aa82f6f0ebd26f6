import type { Tx } from '../platform/database/database.ts';
import { describeBrowser, placeOf } from '../platform/http/client-info.ts';
import { uuidv7 } from '../platform/ids.ts';
import { queueMessage } from '../platform/messages/messages.ts';
import type { HolderNotice } from '../platform/messages/templates/holder-notices.ts';
import { tellApps } from './apps.ts';
import type { Presenter, Prover } from './model.ts';
import type { Gate } from './ports.ts';

/** An event that holders are told of, whatever they prefer: a template of `templates/holder-notices.ts`. */
export type SecurityNotice = HolderNotice;

/** What is told, and to whom beside those who are told always. */
export interface Notice {
  template: SecurityNotice;
  /** What the template needs beside the circumstances. */
  params?: Record<string, string>;
  /** For the e-mails alone, and kept for no app: links that open something. */
  mailed?: Record<string, string>;
  /** E-mail addresses that were the holder's until now, or that somebody wants to be the holder's. */
  alsoTo?: readonly string[];
  /** Also by SMS to every confirmed number: there is a text `<template>.sms`. */
  bySms?: boolean;
}

/** Whom a notice is for: the account as it is loaded. */
type Holder = Pick<Prover, 'id' | 'language' | 'contacts'>;

/** What of the gate telling takes. */
type Telling = Pick<Gate, 'clock' | 'keyring' | 'notices' | 'devices'>;

/** How long a device that is away is still told that something happened. */
const APP_NOTICE_SECONDS = 24 * 60 * 60;
/** Numbers are told late rather than never; the limit of a code would be too short. */
const SMS_NOTICE_SECONDS = 24 * 60 * 60;

/** From where and with what, as messages say it. */
export function circumstances(gate: Pick<Gate, 'clock'>, client: Presenter['client']) {
  const { browser, system } = describeBrowser(client.userAgent);
  const place = placeOf(client.address);
  return {
    when: gate.clock.now().toISOString(),
    browser: [browser, system].filter(Boolean).join(', '),
    place: place.local ? 'local' : (place.country ?? ''),
  };
}

/**
 * Tells the holder what happened, in the transaction of what happened: every confirmed e-mail address, and every
 * linked app, which keeps it in its list. It cannot be switched off.
 *
 * @param presenter who did it; null where nobody did, and time alone brought it about
 */
export async function notifyHolder(
  gate: Telling,
  tx: Tx,
  prover: Holder,
  presenter: Pick<Presenter, 'client'> | null,
  { template, params: more, mailed, alsoTo = [], bySms = false }: Notice,
): Promise<void> {
  const when = gate.clock.now().toISOString();
  const params = { ...(presenter ? circumstances(gate, presenter.client) : { when }), ...more };
  const confirmed = prover.contacts.filter(({ verifiedAt }) => verifiedAt !== null);
  const of = (kind: 'email' | 'phone') =>
    confirmed.filter((contact) => contact.kind === kind).map(({ address }) => address);
  const content = { template, params, language: prover.language, accountId: prover.id };
  const nowMs = gate.clock.nowMs();
  for (const to of new Set([...of('email'), ...alsoTo]))
    await queueMessage(tx, gate.keyring, nowMs, {
      channel: 'email',
      to,
      ...content,
      params: { ...params, ...mailed },
    });
  for (const to of bySms ? of('phone') : [])
    await queueMessage(tx, gate.keyring, nowMs, {
      channel: 'sms',
      to,
      ...content,
      lifetimeSeconds: SMS_NOTICE_SECONDS,
    });
  await keepForApps(gate, tx, prover.id, template, params);
}

/** Keeps a notice for the account's apps, and has them look; for those whose letters are not alike. */
export async function keepForApps(
  gate: Telling,
  tx: Tx,
  accountId: string,
  kind: SecurityNotice,
  params: Record<string, string>,
): Promise<void> {
  const at = gate.clock.now();
  await gate.notices.insert(tx, { accountId, id: uuidv7(at.getTime()), kind, params, at });
  await tellApps(gate, tx, accountId, 'notice', APP_NOTICE_SECONDS);
}
