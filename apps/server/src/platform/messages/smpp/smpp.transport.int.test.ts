import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../log/log.ts';
import type { ReceiptOutcome } from '../receipts.ts';
import type { SmsTransport } from '../transports.ts';
import { type SmppSettings, smppTransport } from './smpp.transport.ts';
import { type ForeignPdu, type SmppProvider, smppProvider } from './smpp-server.fixture.ts';

const [THROTTLED, INVALID_NUMBER, SYSTEM_ERROR] = [0x58, 0x0b, 0x08];

let provider: SmppProvider;
let transport: SmsTransport;
const logged: string[] = [];
const receipts: [string, ReceiptOutcome][] = [];
let receipt: () => Promise<boolean>;

const open = (settings: Partial<SmppSettings> = {}) =>
  smppTransport(
    { url: provider.url, allowPlain: false, from: 'Sigillo', ...settings },
    {
      log: openLog('info', (line) => logged.push(line)),
      receipt: async (reference, outcome) => {
        receipts.push([reference, outcome]);
        return receipt();
      },
    },
  );

beforeEach(async () => {
  logged.length = 0;
  receipts.length = 0;
  receipt = async () => true;
  provider = await smppProvider();
  transport = open();
  await provider.session();
});
afterEach(async () => {
  transport.close?.();
  await provider.close();
});

const sms = { id: 'x', to: '+393331234567', text: '123456 è il codice [€]', lifetimeSeconds: 300 };
/** Once the node knows as well that it is bound. */
async function send(text = sms.text, signal = AbortSignal.timeout(10_000)) {
  await expect.poll(() => logged.join()).toContain('bound to the provider');
  return transport.send({ ...sms, text }, signal);
}
const textOf = (pdu: ForeignPdu | undefined) =>
  (pdu?.short_message as { message: string } | undefined)?.message;

test('a foreign SMPP server understands who binds, who writes to whom, and every letter', async () => {
  expect(await send()).toBe('smpp:m1');
  expect(provider.binds[0]).toMatchObject({ system_id: 'test', interface_version: 0x34 });
  const [pdu] = provider.submitted;
  expect(pdu).toMatchObject({
    source_addr_ton: 5,
    source_addr_npi: 0,
    source_addr: 'Sigillo',
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: '393331234567',
    registered_delivery: 1,
    data_coding: 0,
    esm_class: 0,
  });
  expect(textOf(pdu)).toBe(sms.text);
  const seconds = (Number(pdu?.validity_period) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(240);
  expect(seconds).toBeLessThanOrEqual(301);
});

test('what is in no SMS alphabet goes as UCS-2, what is longer in parts that say where they belong', async () => {
  const other = 'Твой код 123456 😀';
  await send(other);
  expect(provider.submitted[0]).toMatchObject({ data_coding: 8 });
  expect(textOf(provider.submitted[0])).toBe(other);

  const long = `${'0123456789'.repeat(15)}€€€${'abcdefghij'.repeat(20)}`;
  await send(long);
  const parts = provider.submitted.slice(1);
  expect(parts.map(({ esm_class }) => esm_class)).toEqual([0x40, 0x40, 0x40]);
  expect(parts.map(({ registered_delivery }) => registered_delivery)).toEqual([0, 0, 1]);
  const headers = parts.map((pdu) => [...((pdu.short_message as { udh: Buffer[] }).udh[0] ?? [])]);
  const reference = headers[0]?.[2];
  expect(headers).toEqual([1, 2, 3].map((index) => [0, 3, reference, 3, index]));
  expect(parts.map(textOf).join('')).toBe(long);
});

test('a provider that is asked too fast is given a moment, and the message goes', async () => {
  provider.answers.push(THROTTLED, THROTTLED);
  expect(await send()).toBe('smpp:m3');
  provider.answers.push(...Array(50).fill(THROTTLED));
  await expect(send(sms.text, AbortSignal.timeout(1_500))).rejects.toMatchObject({
    message: 'SMPP throttled',
    isFinal: false,
    isUnclear: false,
  });
});

test('a number that cannot be is not tried again, all else is', async () => {
  provider.answers.push(INVALID_NUMBER, SYSTEM_ERROR);
  await expect(send()).rejects.toMatchObject({ message: 'SMPP 0x0000000b', isFinal: true });
  await expect(send()).rejects.toMatchObject({ message: 'SMPP 0x00000008', isFinal: false });
});

const DELIVERED = {
  esm_class: 4,
  source_addr: '393331234567',
  destination_addr: 'Sigillo',
  short_message:
    'id:m1 sub:001 dlvrd:001 submit date:2606010000 done date:2606010001 stat:DELIVRD err:000 text:1234',
};

test('receipts are read from their text or their options, and confirmed once they are recorded', async () => {
  expect(await provider.deliver(DELIVERED)).toBe(0);
  const options = { receipted_message_id: 'm2', message_state: 5 };
  expect(await provider.deliver({ esm_class: 4, short_message: '', ...options })).toBe(0);
  expect(receipts).toEqual([
    ['smpp:m1', 'delivered'],
    ['smpp:m2', 'failed'],
  ]);
  receipt = () => Promise.reject(new Error('the database is away'));
  expect(await provider.deliver(DELIVERED), 'the provider tells it again later').toBe(0x64);
});

test('a receipt that comes before the sending was recorded is looked for again', async () => {
  let asked = 0;
  receipt = async () => ++asked === 2;
  expect(await provider.deliver(DELIVERED)).toBe(0);
  expect(asked).toBe(2);
});

test('what is under way, and what somebody answers, is no receipt', async () => {
  const underWay = DELIVERED.short_message.replace('DELIVRD', 'ENROUTE');
  expect(await provider.deliver({ ...DELIVERED, short_message: underWay })).toBe(0);
  expect(await provider.deliver({ ...DELIVERED, esm_class: 0 })).toBe(0);
  expect(receipts).toEqual([]);
});

test('a provider that asks whether we are there is answered', async () => {
  const session = await provider.session();
  const { command } = await new Promise<ForeignPdu>((resolve) => session.enquire_link(resolve));
  expect(command).toBe('enquire_link_resp');
});

test('a connection that ends is opened again; meanwhile nothing is said to be sent', async () => {
  await send();
  const { url } = provider;
  await provider.close();
  await expect.poll(() => logged.join(), { timeout: 10_000 }).toContain('connection ended');
  await expect(send()).rejects.toMatchObject({ message: 'SMPP not bound', isFinal: false, isUnclear: false });
  provider = await smppProvider(Number(new URL(url).port));
  await expect.poll(() => send().catch(() => undefined), { timeout: 20_000 }).toMatch(/^smpp:m/);
});

test('a wrong password is refused by the foreign server, and told in the log without it', async () => {
  transport.close?.();
  transport = open({ url: provider.url.replace('secret', 'secreT') });
  await expect.poll(() => logged.join(), { timeout: 10_000 }).toContain('bind refused 0x0000000d');
  expect(logged.join()).not.toContain('secreT');
});

test('a server that speaks something else, or says it sends without end, is left', async () => {
  transport.close?.();
  const stranger = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;
  transport = open({ url: `smpp://test:secret@127.0.0.1:${port}` });
  await expect.poll(() => logged.join(), { timeout: 10_000 }).toContain('no connection to the provider');
  stranger.close();
});

test('what cannot work, or would tell codes to everybody on the way, is refused at start', () => {
  const plain = 'smpp://test:secret@sms.example.org:2775';
  expect(() => open({ url: plain })).toThrow(/smpps/);
  expect(() => open({ url: 'smpps://sms.example.org' })).toThrow(/user:password/);
  expect(() => open({ from: 'much too long a name' })).toThrow(/SIGILLO_SMS_FROM/);
});
