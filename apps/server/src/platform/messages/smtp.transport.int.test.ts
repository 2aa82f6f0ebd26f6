import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { smtpOptions, smtpTransport } from './smtp.transport.ts';
import type { EmailTransport, OutgoingEmail } from './transports.ts';

interface Received {
  from: string;
  to: string[];
  source: string;
}

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

/** A real mail server on loopback that keeps what it gets. */
async function mailServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    async onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const source = await text(stream);
      received.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        source,
      });
      done();
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, received };
}

function transport(url: string): EmailTransport {
  const smtp = smtpTransport({ url, from: 'noreply@id.example.org', fromName: 'Città Sicura, "ID"' });
  cleanUp.push(() => smtp.close());
  return smtp;
}

const never = new AbortController().signal;
const email: OutgoingEmail = {
  id: '0195f3a0-0000-7000-8000-000000000001',
  to: 'anna@example.org',
  language: 'it',
  subject: 'La tua password è cambiata',
  text: 'Perché sì: è cambiata.\nhttps://id.example.org/a?b=c\n.\nfine\n',
  html: '<p title="x">Perché sì: è cambiata.</p>\n<a href="https://id.example.org/a?b=c&amp;d=e">vai</a>',
};

/** The little of MIME that a test needs: headers unfolded, a multipart's parts, transfer encodings undone. */
function parseMime(source: string): {
  headers: Map<string, string>;
  parts: ReturnType<typeof parseMime>[];
  body: string;
} {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]),
  );
  const raw = source.slice(end + 4);
  const boundary = /boundary="([^"]*)"/.exec(headers.get('content-type') ?? '')?.[1];
  const parts =
    boundary === undefined
      ? []
      : raw
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => parseMime(part.replace(/^\r\n/, '')));
  return { headers, parts, body: decode(raw, headers.get('content-transfer-encoding') ?? '7bit') };
}

function decode(raw: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(raw, 'base64').toString();
  if (encoding !== 'quoted-printable') return raw;
  const bytes = raw
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** RFC 2047. */
function decodeWords(value = ''): string {
  return value
    .replaceAll(/\?= +=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString()
        : decode(word.replaceAll('_', ' '), 'quoted-printable'),
    );
}

test('a message arrives whole: envelope, headers, text and HTML', async () => {
  const { port, received } = await mailServer();
  await transport(`smtp://127.0.0.1:${port}`).send(email, never);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ from: 'noreply@id.example.org', to: ['anna@example.org'] });

  const { headers, parts } = parseMime(received[0]?.source ?? '');
  expect(decodeWords(headers.get('subject'))).toBe(email.subject);
  expect(decodeWords(headers.get('from'))).toMatch(/Città Sicura.*<noreply@id\.example\.org>$/);
  expect(headers.get('to')).toBe('anna@example.org');
  expect(headers.get('message-id')).toBe('<0195f3a0-0000-7000-8000-000000000001@id.example.org>');
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(headers.get('content-language')).toBe('it');
  expect(headers.get('content-type')).toMatch(/^multipart\/alternative/);
  expect(parts.map((part) => part.headers.get('content-type'))).toEqual([
    'text/plain; charset=utf-8',
    'text/html; charset=utf-8',
  ]);
  const [plain, html] = parts.map((part) => part.body.replaceAll('\r\n', '\n').trim());
  expect(plain).toBe(email.text.trim());
  expect(html).toBe(email.html);
});

test('an answer goes to whoever asked, and ticket systems are not told to ignore it', async () => {
  const { port, received } = await mailServer();
  await transport(`smtp://127.0.0.1:${port}`).send({ ...email, replyTo: 'bruno@example.org' }, never);
  const { headers } = parseMime(received[0]?.source ?? '');
  expect(headers.get('reply-to')).toBe('bruno@example.org');
  expect(headers.has('auto-submitted')).toBe(false);
});

test('[WEB-6] one message has one recipient: lists, second headers and display names are refused', async () => {
  const { port, received } = await mailServer();
  const smtp = transport(`smtp://127.0.0.1:${port}`);
  for (const to of [
    'a@example.org, b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'A <a@example.org>',
    'a',
    '',
  ]) {
    await expect(smtp.send({ ...email, to }, never)).rejects.toMatchObject({ isFinal: true });
    if (to !== '')
      await expect(smtp.send({ ...email, replyTo: to }, never)).rejects.toMatchObject({ isFinal: true });
  }
  expect(received).toEqual([]);
});

test('[WEB-6] a subject with a line break stays one header', async () => {
  const { port, received } = await mailServer();
  await transport(`smtp://127.0.0.1:${port}`).send(
    { ...email, subject: 'a\r\nBcc: b@example.org\r\n\r\nbody' },
    never,
  );
  expect(received[0]?.to).toEqual(['anna@example.org']);
  const { headers, parts } = parseMime(received[0]?.source ?? '');
  expect(headers.has('bcc')).toBe(false);
  expect(parts).toHaveLength(2);
});

test.each([
  [550, 'EENVELOPE 550', true],
  [451, 'EENVELOPE 451', false],
])('a recipient refused with %i: %s', async (responseCode, message, isFinal) => {
  const { port } = await mailServer({
    onRcptTo: (_address, _session, done) =>
      done(Object.assign(new Error('anna@example.org is unknown'), { responseCode })),
  });
  await expect(transport(`smtp://127.0.0.1:${port}`).send(email, never)).rejects.toMatchObject({
    message,
    isFinal,
  });
});

test('user and password of the URL are used, and wrong ones are worth another attempt', async () => {
  const { port, received } = await mailServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      auth.username === 'a@b' && auth.password === 'p:s/w' ? done(null, { user: 1 }) : done(new Error('no')),
  });
  await transport(`smtp://a%40b:p%3As%2Fw@127.0.0.1:${port}`).send(email, never);
  expect(received).toHaveLength(1);
  await expect(transport(`smtp://a%40b:wrong@127.0.0.1:${port}`).send(email, never)).rejects.toMatchObject({
    message: 'EAUTH 535',
    isFinal: false,
  });
});

test('off loopback nothing is said before TLS', async () => {
  const { port, received } = await mailServer();
  // Reaches the server on this computer, but is not known to be it.
  await expect(transport(`smtp://0.0.0.0:${port}`).send(email, never)).rejects.toMatchObject({
    message: expect.stringMatching(/^ETLS/),
    isFinal: false,
  });
  expect(received).toEqual([]);
  expect(smtpOptions('smtp://mail.example.org')).toMatchObject({
    port: 587,
    requireTLS: true,
    secure: false,
  });
  expect(smtpOptions('smtps://mail.example.org')).toMatchObject({ port: 465, secure: true });
});

test('a certificate that nobody vouches for is refused', async () => {
  const { port, received } = await mailServer({ disabledCommands: ['AUTH'] });
  await expect(transport(`smtp://0.0.0.0:${port}`).send(email, never)).rejects.toMatchObject({
    message: expect.stringMatching(/CERT/),
    isFinal: false,
  });
  expect(received).toEqual([]);
});

test('a server that hangs is given up when told, one that is not there at once', async () => {
  const { port } = await mailServer({ onMailFrom: () => undefined });
  await expect(
    transport(`smtp://127.0.0.1:${port}`).send(email, AbortSignal.timeout(100)),
  ).rejects.toMatchObject({
    message: 'EABORT',
    isFinal: false,
  });
  await expect(transport('smtp://127.0.0.1:1').send(email, never)).rejects.toMatchObject({
    message: 'ESOCKET ECONNREFUSED',
  });
});

test('settings that cannot work are refused at start', () => {
  expect(() => smtpOptions('mail.example.org')).toThrow('not a URL');
  expect(() => smtpOptions('http://mail.example.org')).toThrow('must look like');
  expect(() => smtpTransport({ url: 'smtp://localhost', from: 'nobody', fromName: 'X' })).toThrow(
    'SMTP_FROM',
  );
});
