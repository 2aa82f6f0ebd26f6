import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { type TestCertificate, testCertificate } from '../../../../../../tests/setup/certificate.ts';
import { openLog } from '../../log/log.ts';
import type { SmsTransport } from '../transports.ts';
import { smppTransport } from './smpp.transport.ts';
import { type SmppProvider, smppProvider } from './smpp-server.fixture.ts';

const ADDRESS = '127.0.0.1';
const TRUSTED = getCACertificates('default');

let provider: SmppProvider;
let transport: SmsTransport;
let logged: string[];
afterEach(async () => {
  transport.close?.();
  await provider.close();
  setDefaultCACertificates(TRUSTED);
});

/** A provider with this certificate, and a node that tries to reach it. */
async function reach(certificate: TestCertificate | undefined, isTrusted: boolean): Promise<void> {
  logged = [];
  if (certificate && isTrusted) setDefaultCACertificates([...TRUSTED, certificate.cert]);
  provider = await smppProvider(0, certificate);
  const url = provider.url.replace('smpp:', 'smpps:');
  transport = smppTransport(
    { url, allowPlain: false, from: 'Sigillo' },
    { log: openLog('info', (line) => logged.push(line)), receipt: async () => true },
  );
}
const sms = { id: 'x', to: '+393331234567', text: '123456 è il codice', lifetimeSeconds: 300 };
const send = () => transport.send(sms, AbortSignal.timeout(10_000));

test('over TLS, a foreign server with a certificate for its address is bound to, and sends', async () => {
  await reach(testCertificate({ address: ADDRESS }), true);
  await provider.session();
  await expect.poll(() => logged.join(), { timeout: 10_000 }).toContain('bound to the provider');
  expect(await send()).toBe('smpp:m1');
  expect(provider.binds[0]).toMatchObject({ system_id: 'test', password: 'secret' });
  expect(provider.submitted[0]).toMatchObject({ destination_addr: '393331234567' });
});

test.each([
  ['nobody vouches for', () => testCertificate({ address: ADDRESS }), false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['is for another address', () => testCertificate({ address: '192.0.2.1' }), true, 'ALTNAME_INVALID'],
  ['is over', () => testCertificate({ address: ADDRESS, until: new Date(0) }), true, 'CERT_HAS_EXPIRED'],
  ['is not there: no TLS', () => undefined, true, 'no connection to the provider'],
])('over TLS, a certificate that %s is refused, and nobody is told the password', async (...row) => {
  const [, certificate, isTrusted, reason] = row;
  await reach(certificate(), isTrusted);
  await expect.poll(() => logged.join(), { timeout: 20_000 }).toContain(reason);
  await expect(send()).rejects.toMatchObject({ message: 'SMPP not bound', isFinal: false });
  expect([provider.binds, provider.submitted]).toEqual([[], []]);
  expect(logged.join()).not.toContain('secret');
});
