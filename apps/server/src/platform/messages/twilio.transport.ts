import { SECOND_MS } from '../clock/clock.ts';
import { StartRefused } from '../start-refused.ts';
import { isUnclear, nameOf, readWithin } from './http-answer.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { DeliveryFailed, type OutgoingSms, type SmsTransport } from './transports.ts';

export interface TwilioSettings {
  /** Where the API is; another address than Twilio's own only in tests, on loopback. */
  baseUrl: string;
  accountSid: string;
  authToken: string;
  /** `+39…`, an alphanumeric sender, or the id of a messaging service (`MG…`). */
  from: string;
  /** Where Twilio tells what became of a message; its id is appended. */
  callbackUrl: string;
}

const TIMEOUT_MS = 5 * SECOND_MS;
/** Longest that Twilio keeps a message waiting. */
const MAX_VALIDITY_SECONDS = 36_000;

/**
 * Sends SMS through Twilio's Programmable Messaging (https://www.twilio.com/docs/messaging/api/message-resource).
 *
 * @throws StartRefused when the settings are not usable
 */
export function twilioTransport(settings: TwilioSettings): SmsTransport {
  const { baseUrl, accountSid, authToken } = settings;
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol !== 'https:' && !isLoopbackHost(hostname))
    throw new StartRefused('SIGILLO_TWILIO_URL must begin with https:// unless it is on this computer.');
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return {
    async send(sms, signal) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams(formOf(sms, settings)),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
        .then(async (response) => ({ status: response.status, body: await readWithin(response) }))
        .catch((error: unknown) => {
          throw new DeliveryFailed(nameOf(error), { isFinal: false, isUnclear: isUnclear(error) });
        });
      if (answer.status === 201) return undefined;
      const reason = `HTTP ${answer.status}${errorCode(answer.body)}`;
      throw new DeliveryFailed(reason, { isFinal: answer.status === 400 });
    },
  };
}

function formOf(sms: OutgoingSms, { from, callbackUrl }: TwilioSettings): Record<string, string> {
  return {
    To: sms.to,
    Body: sms.text,
    ...(/^MG[0-9a-f]{32}$/.test(from) ? { MessagingServiceSid: from } : { From: from }),
    StatusCallback: `${callbackUrl}/${sms.id}`,
    ValidityPeriod: String(Math.max(1, Math.min(sms.lifetimeSeconds, MAX_VALIDITY_SECONDS))),
  };
}

/** Twilio's number for what went wrong (https://www.twilio.com/docs/api/errors), and nothing else of its answer. */
function errorCode(body: string): string {
  const code = /"code":\s*(\d{5})\b/.exec(body)?.[1];
  return code ? ` ${code}` : '';
}
