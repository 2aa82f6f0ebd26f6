import type { Clock } from '../clock/clock.ts';
import type { Db } from '../database/database.ts';
import type { App } from '../http/app.ts';
import { defineProblem } from '../http/problems.ts';
import { type ReceiptOutcome, recordReceipt } from './receipts.ts';
import { isTwilioSignature } from './twilio-signature.ts';

export interface TwilioCallbackPorts {
  db: Db;
  clock: Clock;
  authToken: string;
  /** As Twilio was told it; the message's id is appended. */
  callbackUrl: string;
}

export const TWILIO_CALLBACK_PATH = '/callbacks/sms';

const notTwilio = defineProblem(
  'callback-not-signed',
  403,
  'This callback was not signed by the provider',
  'Its signature does not fit. The address that the provider calls has to be the issuer, exactly.',
);

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values; what is missing is no end. */
const OUTCOMES: Record<string, ReceiptOutcome> = {
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

const LONGEST_BODY = 16 * 1024;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where Twilio tells what became of an SMS; signed, and answered alike whether or not there is such a message. */
export function twilioCallbackRoute(
  app: App,
  { db, clock, authToken, callbackUrl }: TwilioCallbackPorts,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const type = 'application/x-www-form-urlencoded';
    scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) =>
      done(null, new URLSearchParams(body.toString())),
    );
    const options = { schema: { hide: true }, bodyLimit: LONGEST_BODY };
    scope.post<{ Params: { id: string } }>(`${TWILIO_CALLBACK_PATH}/:id`, options, async (request, reply) => {
      const { id } = request.params;
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const signature = String(request.headers['x-twilio-signature'] ?? '');
      if (!isTwilioSignature(authToken, { url: `${callbackUrl}/${id}`, form, signature })) throw notTwilio();
      const outcome = OUTCOMES[form.get('MessageStatus') ?? ''];
      if (outcome && UUID.test(id)) await recordReceipt(db, id, outcome, clock.now());
      return reply.code(204).send();
    });
  });
}
