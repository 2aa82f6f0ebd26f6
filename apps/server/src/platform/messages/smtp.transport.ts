import { createTransport, type NodemailerError, type SMTPPoolOptions } from 'nodemailer';
import { SECOND_MS } from '../clock/clock.ts';
import { parseEmailAddress } from '../email-address.ts';
import { StartRefused } from '../start-refused.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { DeliveryFailed, type EmailTransport, type OutgoingEmail } from './transports.ts';

export interface SmtpSettings {
  /** `smtp://user:password@host:587` (STARTTLS), or `smtps://host:465` (TLS from the first byte). */
  url: string;
  /** The address that e-mails come from. */
  from: string;
  /** The name beside it. */
  fromName: string;
}

const CONNECTIONS = 8;
const IDLE_MS = 30 * SECOND_MS;
const STEP_TIMEOUT_MS = 10 * SECOND_MS;

/**
 * Sends e-mails through a mail server, over a few connections that are kept open. Off loopback the server
 * must offer TLS 1.2 or newer, with a certificate that Node trusts (NODE_EXTRA_CA_CERTS adds authorities).
 *
 * @throws StartRefused when the settings are not usable
 */
export function smtpTransport(settings: SmtpSettings): EmailTransport {
  const from = parseEmailAddress(settings.from);
  if (!from) throw new StartRefused('SIGILLO_SMTP_FROM is not an e-mail address.');
  const mailer = createTransport(smtpOptions(settings.url));
  const sender = { name: settings.fromName, address: from };
  return {
    send: async (email, signal) => {
      const mail = { ...mailOf(email, sender), signal };
      await mailer.sendMail(mail).catch((error: unknown) => {
        throw deliveryFailure(error);
      });
    },
    close: () => mailer.close({ force: true }),
  };
}

/** How to connect: what the URL says, and never in the clear over a network. */
export function smtpOptions(url: string): SMTPPoolOptions & { pool: true } {
  if (!URL.canParse(url)) throw new StartRefused('SIGILLO_SMTP_URL is not a URL.');
  const { protocol, hostname, port, username, password } = new URL(url);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || hostname === '')
    throw new StartRefused(
      'SIGILLO_SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465.',
    );

  const secure = protocol === 'smtps:';
  const isLocal = isLoopbackHost(hostname);
  return {
    pool: true,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isLocal,
    ignoreTLS: !secure && isLocal,
    tls: { minVersion: 'TLSv1.2' },
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    maxConnections: CONNECTIONS,
    // The outbox tries again, at a time of its own.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    connectionTimeout: STEP_TIMEOUT_MS / 2,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    dnsTimeout: STEP_TIMEOUT_MS / 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function mailOf(email: OutgoingEmail, from: { name: string; address: string }) {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${email.id}@${domain}>`,
    from,
    to: { name: '', address: plainRecipient(email.to) },
    ...(email.replyTo && { replyTo: { name: '', address: plainRecipient(email.replyTo) } }),
    subject: email.subject,
    text: email.text,
    html: email.html,
    headers: {
      'Content-Language': email.language,
      // Out-of-office programs leave it alone (RFC 3834 §5). Not where somebody reads the answers: ticket
      // systems leave it alone as well.
      ...(!email.replyTo && { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }),
    },
  };
}

/** One address and nothing else: neither a list of them nor a second header. */
function plainRecipient(to: string): string {
  const address = parseEmailAddress(to);
  if (!address) throw new DeliveryFailed('not an e-mail address', { isFinal: true });
  return address;
}

/** Final when the server refused this recipient or this message for good; all else may pass. */
function deliveryFailure(error: unknown): DeliveryFailed {
  const { code = 'unknown', originalCode, responseCode, permanent = false } = error as NodemailerError;
  // A recipient that is refused for now says nothing about the server: others are taken.
  const isAnswer = code === 'EENVELOPE' || code === 'EMESSAGE';
  const detail = responseCode ?? originalCode;
  return new DeliveryFailed(detail ? `${code} ${detail}` : code, {
    isFinal: permanent && isAnswer,
    isAnswer,
  });
}
