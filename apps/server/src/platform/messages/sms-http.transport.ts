import { SECOND_MS } from '../clock/clock.ts';
import { StartRefused } from '../start-refused.ts';
import { isUnclear, nameOf, readWithin } from './http-answer.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { DeliveryFailed, type OutgoingSms, type SmsTransport } from './transports.ts';

/**
 * The HTTP request that hands one SMS to a provider. `{{to}}`, `{{text}}` and `{{id}}` are replaced: percent-
 * encoded in the URL and in a form, escaped inside the strings of a JSON body. In headers only `{{id}}` is.
 */
export interface SmsHttpSettings {
  /** https, or http on loopback. */
  url: string;
  method: 'GET' | 'POST' | 'PUT';
  headers: Readonly<Record<string, string>>;
  /** Only with POST and PUT; the Content-Type header says whether it is JSON or a form. */
  body?: string | undefined;
}

const TIMEOUT_MS = 5 * SECOND_MS;

/** Answers that say this number or this message will never be taken. */
const FINAL_STATUSES = new Set([400, 404, 410, 422]);

const PLACEHOLDER = /\{\{(to|text|id)\}\}/g;
const EXAMPLE: Filled = { id: 'x', to: 'x', text: 'x' };

type Escape = (text: string) => string;
type Filled = Pick<OutgoingSms, 'id' | 'to' | 'text'>;

const ESCAPES: Record<string, Escape> = {
  'application/json': (text) => JSON.stringify(text).slice(1, -1),
  'application/x-www-form-urlencoded': encodeURIComponent,
};

/**
 * Sends SMS through any provider with an HTTP interface. A status of 2xx is success; redirects are not
 * followed, and an answer counts only when it is there within five seconds and 512 KiB.
 *
 * @throws StartRefused when the settings are not usable
 */
export function smsHttpTransport(settings: SmsHttpSettings): SmsTransport {
  checkUrl(settings.url);
  checkPlaceholders(settings);
  const escapeBody = bodyEscape(settings);
  return {
    send: async (sms, signal) => {
      const stop = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const status = await post(sms, settings, escapeBody, stop).catch((error: unknown) => {
        throw new DeliveryFailed(nameOf(error), { isFinal: false, isUnclear: isUnclear(error) });
      });
      if (status < 200 || status > 299)
        throw new DeliveryFailed(`HTTP ${status}`, { isFinal: FINAL_STATUSES.has(status) });
      return undefined;
    },
  };
}

async function post(
  sms: OutgoingSms,
  settings: SmsHttpSettings,
  escapeBody: Escape,
  signal: AbortSignal,
): Promise<number> {
  const headers = Object.entries(settings.headers).map(
    ([name, value]) => [name, value.replaceAll('{{id}}', sms.id)] as [string, string],
  );
  const answer = await fetch(fill(settings.url, sms, encodeURIComponent), {
    method: settings.method,
    headers,
    ...(settings.body !== undefined && { body: fill(settings.body, sms, escapeBody) }),
    redirect: 'manual',
    signal,
  });
  await readWithin(answer);
  return answer.status;
}

/** In one pass: a text that holds a placeholder stays as it is. */
function fill(template: string, values: Filled, escaped: Escape): string {
  return template.replaceAll(PLACEHOLDER, (_, name: 'to' | 'text' | 'id') => escaped(values[name]));
}

function checkUrl(template: string): void {
  const host = /^https?:\/\/([^/?#]*)/.exec(template)?.[1] ?? '';
  const url = fill(template, EXAMPLE, encodeURIComponent);
  if (host === '' || host.includes('{{') || !URL.canParse(url))
    throw new StartRefused('The URL of the SMS provider is not a web address.');
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !isLoopbackHost(hostname))
    throw new StartRefused(
      'The URL of the SMS provider must begin with https:// unless it is on this computer.',
    );
}

/** The number and the text have to be somewhere. */
function checkPlaceholders({ url, body = '' }: SmsHttpSettings): void {
  for (const name of ['{{to}}', '{{text}}']) {
    if (!(url + body).includes(name)) throw new StartRefused(`The SMS provider is never told ${name}.`);
  }
}

function bodyEscape({ method, headers, body }: SmsHttpSettings): Escape {
  if (body === undefined) return encodeURIComponent;
  if (method === 'GET') throw new StartRefused('A GET request to the SMS provider cannot have a body.');
  const contentType = new Headers({ ...headers }).get('content-type') ?? '';
  const escapeBody = ESCAPES[contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''];
  if (!escapeBody)
    throw new StartRefused(
      'The SMS provider needs the header Content-Type: application/json or application/x-www-form-urlencoded.',
    );
  return escapeBody;
}
