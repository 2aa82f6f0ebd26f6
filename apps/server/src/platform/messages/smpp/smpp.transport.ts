import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND_MS } from '../../clock/clock.ts';
import type { Log } from '../../log/log.ts';
import { StartRefused } from '../../start-refused.ts';
import { isLoopbackHost } from '../loopback-host.ts';
import type { ReceiptOutcome } from '../receipts.ts';
import { DeliveryFailed, type OutgoingSms, type SmsTransport } from '../transports.ts';
import { COMMANDS, cString, fieldReader, STATUS } from './pdu.ts';
import { readReceipt } from './receipt.ts';
import { openSession, type SmppAddress, type SmppSession, statusName } from './session.ts';
import { smsParts } from './sms-parts.ts';

export interface SmppSettings {
  /** `smpps://user:password@host:3550` (TLS), or `smpp://…:2775` on loopback or where `allowPlain` says so. */
  url: string;
  allowPlain: boolean;
  /** The sender: `+39…`, a short number, or up to eleven letters and digits. */
  from: string;
}

export interface SmppPorts {
  log: Log;
  /** Records what became of the message that the provider calls so; false when nobody knows it (yet). */
  receipt(reference: string, outcome: ReceiptOutcome): Promise<boolean>;
}

/** This message will never be taken (§5.1.3): the number cannot be. */
const FINAL = new Set<number>([
  STATUS.invalidLength,
  STATUS.invalidDestination,
  STATUS.invalidDestinationType,
  STATUS.invalidDestinationPlan,
]);
const SLOW_DOWN = new Set<number>([STATUS.throttled, STATUS.queueFull]);

const FIRST_PAUSE_MS = SECOND_MS;
const LONGEST_PAUSE_MS = 60 * SECOND_MS;
const THROTTLED_MS = SECOND_MS;
/** A receipt may be faster than the record of the sending. */
const RECEIPT_TRIES = 4;

/**
 * Sends SMS over one connection that is kept bound while the node runs, and takes the receipts that come over it.
 * A connection that ends is opened again, ever more rarely while the provider is away.
 *
 * @throws StartRefused when the settings are not usable
 */
export function smppTransport(settings: SmppSettings, ports: SmppPorts): SmsTransport {
  const link = keepBound(smppAddress(settings), ports);
  const source = sourceAddress(settings.from);
  let notBeforeMs = 0;
  let parts = randomInt(256);

  async function submit(body: Buffer, signal: AbortSignal): Promise<string> {
    for (;;) {
      await sleep(Math.max(0, notBeforeMs - performance.now()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw new DeliveryFailed('SMPP throttled', { isFinal: false });
      const session = link.session();
      if (!session) throw new DeliveryFailed('SMPP not bound', { isFinal: false });
      const answer = await session.request(COMMANDS.submitSm, body).catch((error: Error) => {
        throw new DeliveryFailed(`SMPP ${error.message}`, { isFinal: false, isUnclear: true });
      });
      if (answer.status === STATUS.ok) return fieldReader(answer.body).cString();
      if (!SLOW_DOWN.has(answer.status))
        throw new DeliveryFailed(`SMPP ${statusName(answer.status)}`, { isFinal: FINAL.has(answer.status) });
      notBeforeMs = performance.now() + THROTTLED_MS;
    }
  }

  return {
    async send(sms, signal) {
      parts = (parts + 1) % 256;
      let reference = '';
      for (const body of submitBodies(sms, source, parts)) reference = await submit(body, signal);
      return referenceOf(reference);
    },
    close: () => link.close(),
  };
}

/** So that names of one provider are never those of another. */
const referenceOf = (messageId: string): string => `smpp:${messageId}`;

interface Link {
  session(): SmppSession | undefined;
  close(): void;
}

function keepBound(address: SmppAddress, ports: SmppPorts): Link {
  let current: SmppSession | undefined;
  const closing = new AbortController();
  const bind = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      try {
        current = await openSession(address, { delivered: (body) => takeReceipt(body, ports) });
        ports.log.info('SMPP: bound to the provider');
        pauseMs = FIRST_PAUSE_MS;
        if (closing.signal.aborted) await current.unbind();
        await current.ended;
        if (!closing.signal.aborted) ports.log.warn('SMPP: the connection ended');
      } catch (error) {
        ports.log.error({ reason: reasonOf(error) }, 'SMPP: no connection to the provider');
      }
      current = undefined;
      const pause = pauseMs * (0.8 + randomInt(400) / 1_000);
      await sleep(pause, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  };
  void bind();
  return {
    session: () => current,
    close: () => {
      closing.abort();
      void current?.unbind();
    },
  };
}

/** @throws what kept it from being recorded: the provider tells it again */
async function takeReceipt(body: Buffer, { receipt }: SmppPorts): Promise<void> {
  const read = readReceipt(body);
  if (!read?.outcome) return;
  for (let tried = 0; tried < RECEIPT_TRIES; tried++) {
    if (await receipt(referenceOf(read.reference), read.outcome)) return;
    await sleep(SECOND_MS, undefined, { ref: false });
  }
}

/** Names what failed: a code, or our own words; nothing that the other side sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function smppAddress({ url, allowPlain }: SmppSettings): SmppAddress {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isTls = protocol === 'smpps:';
  if (hostname === '' || username === '')
    throw new StartRefused('SIGILLO_SMPP_URL must look like smpps://user:password@host:3550.');
  if (!isTls && !allowPlain && !isLoopbackHost(hostname))
    throw new StartRefused(
      'SIGILLO_SMPP_URL must begin with smpps:// unless the provider is on this computer, or SIGILLO_SMPP_PLAIN ' +
        'says that something else, such as a VPN, protects the way there.',
    );
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isTls ? 3550 : 2775) : Number(port),
    isTls,
    systemId: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

/** Type and plan of a number (SMPP 3.4 §5.2.5, §5.2.6), then the number itself. */
const addressField = (type: number, plan: number, text: string): Buffer =>
  Buffer.concat([Buffer.from([type, plan]), cString(text)]);

function sourceAddress(from: string): Buffer {
  if (/^\+\d{5,15}$/.test(from)) return addressField(1, 1, from.slice(1));
  if (/^\d{3,8}$/.test(from)) return addressField(3, 0, from);
  if (/^[A-Za-z0-9 ._-]{1,11}$/.test(from)) return addressField(5, 0, from);
  throw new StartRefused(
    'SIGILLO_SMS_FROM must be a number with +, a short number, or up to eleven letters and digits.',
  );
}

/** The bodies of the `submit_sm` (§4.4.1) that carry one text; a receipt is asked for the last. */
function submitBodies(sms: OutgoingSms, source: Buffer, reference: number): Buffer[] {
  const { dataCoding, parts, hasHeader } = smsParts(sms.text, reference);
  const destination = addressField(1, 1, sms.to.slice(1));
  return parts.map((part, index) => {
    const wantsReceipt = index === parts.length - 1 ? 1 : 0;
    return Buffer.concat([
      cString(''), // service_type
      source,
      destination,
      Buffer.from([hasHeader ? 0x40 : 0, 0, 0]), // esm_class, protocol_id, priority_flag
      cString(''), // schedule_delivery_time
      cString(validity(sms.lifetimeSeconds)),
      Buffer.from([wantsReceipt, 0, dataCoding, 0, part.length]),
      part,
    ]);
  });
}

/** Relative time (§7.1.1.2): the provider gives a code up that is over. */
function validity(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.min(Math.floor(seconds / 86_400), 30);
  const [hours, minutes] = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60)];
  return `0000${two(days)}${two(hours)}${two(minutes)}${two(seconds % 60)}000R`;
}
