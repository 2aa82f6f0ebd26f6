import { gsm7Length, toGsm7 } from './gsm7.ts';
import type { Params } from './readable-params.ts';
import type { Translate } from './translate.ts';

/** What one SMS holds (3GPP TS 23.038). */
export const SMS_LENGTH = 160;

/** A service's name is cut no shorter than this before something else is left out. */
const LEAST_NAME_LENGTH = 12;
/** More of it says no more in a notice. */
const LONGEST_NAME = 24;

/** A host name as WebOTP wants it: no port, no path. */
const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

/**
 * The SMS that carries a code: code first, so that a notification shows it; last the line by which a browser
 * on `params.host` fills it in by itself (https://wicg.github.io/sms-one-time-codes/ §2.2), when the host is
 * known. Always one message: a long service name is cut, then the warning left out, then the last line.
 *
 * @throws RangeError when not even the shortest form fits
 */
export function codeSms(params: Params, t: Translate): string {
  const service = toGsm7(params.service ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const host = params.host ?? '';
  const hostLine = HOST.test(host) ? `\n@${host} #${params.code}` : '';
  const lifetime = t('code.lifetime', params);
  const forms: [string, string][] = [
    [` ${lifetime} ${t('code.never-share')}`, hostLine],
    [` ${lifetime}`, hostLine],
    [` ${lifetime} ${t('code.never-share')}`, ''],
    [` ${lifetime}`, ''],
  ];

  for (const [ending, lastLine] of forms) {
    const text = (name: string) =>
      t(`code.purpose.${params.action}`, { ...params, service: name }) + ending + lastLine;
    const room = SMS_LENGTH - (gsm7Length(text('')) ?? SMS_LENGTH);
    const name = cut(service, room);
    if (room >= 0 && name.length >= Math.min(service.length, LEAST_NAME_LENGTH)) return text(name);
  }
  throw new RangeError('The code does not fit an SMS');
}

/**
 * An SMS about a change of contacts. The number that was replaced gets the link that undoes it, for it has no other
 * way to speak up; that may take two messages. Every other one has no link.
 */
export function contactSms(template: string, params: Params, t: Translate): string {
  const what = params.link ? `${template}.sms.${params.kind}-link` : `${template}.sms.${params.kind}`;
  const service = cut(
    toGsm7(params.service ?? '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    LONGEST_NAME,
  );
  return t(what, { ...params, service });
}

/** The longest beginning of a text that takes at most `room` places. */
export function cut(text: string, room: number): string {
  let end = text.length;
  while ((gsm7Length(text.slice(0, end)) ?? 0) > room && end > 0) end--;
  return text.slice(0, end).trimEnd();
}
