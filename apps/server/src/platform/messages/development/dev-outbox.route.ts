import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Profile } from '../../config/setting.ts';
import type { App } from '../../http/app.ts';
import { notFound } from '../../http/http.problems.ts';
import { STATIC_POLICY } from '../../http/security-headers.ts';
import { StartRefused } from '../../start-refused.ts';
import { type SentMessagePorts, sentMessage, sentMessages } from './sent-messages.ts';

const outboxQuery = z.strictObject({
  channel: z.enum(['email', 'sms', 'push']).optional(),
  // A plus sign that was not percent-encoded arrives as a space.
  to: z
    .string()
    .transform((text) => text.replace(/^ /, '+'))
    .optional(),
  after: z.union([z.uuid(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]).optional(),
});

/** The page and the frame in which it shows an e-mail. */
const PAGE_POLICY = `${STATIC_POLICY}; frame-src 'self'`;

/** An e-mail brings its styles inline; it runs nothing, fetches nothing and stands only in our page. */
const EMAIL_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

const ASSETS = {
  'outbox-page.css': 'text/css; charset=utf-8',
  'outbox-view.css': 'text/css; charset=utf-8',
  'outbox-page.js': 'text/javascript; charset=utf-8',
  'outbox-view.js': 'text/javascript; charset=utf-8',
};

/**
 * `GET /dev`: every SMS, e-mail and notice that was sent, as its reader sees it; `GET /dev/outbox`: the same for test
 * programs, newest last.
 *
 * @throws StartRefused in production
 */
export function devOutboxRoutes(app: App, deps: SentMessagePorts & { profile: Profile }): void {
  if (deps.profile === 'production') throw new StartRefused('Production has no development hooks.');
  pageRoutes(app);

  app.get('/dev/outbox', { schema: { hide: true, querystring: outboxQuery } }, async (request, reply) => {
    // The page shows the time of the installation, which its buttons move.
    reply.header('x-clock', deps.clock.now().toISOString());
    return sentMessages(deps, request.query);
  });

  const params = z.strictObject({ id: z.uuid() });
  app.get('/dev/outbox/:id/html', { schema: { hide: true, params } }, async (request, reply) => {
    const message = await sentMessage(deps, request.params.id);
    if (!message?.html) throw notFound();
    reply.header('content-security-policy', EMAIL_POLICY).type('text/html; charset=utf-8');
    return reply.send(message.html);
  });
}

function pageRoutes(app: App): void {
  const read = (file: string) => readFileSync(new URL(file, import.meta.url));
  const page = read('outbox-page.html');
  app.get('/dev', { schema: { hide: true } }, (_request, reply) =>
    reply.header('content-security-policy', PAGE_POLICY).type('text/html; charset=utf-8').send(page),
  );
  for (const [file, type] of Object.entries(ASSETS)) {
    const content = read(file);
    app.get(`/dev/${file}`, { schema: { hide: true } }, (_request, reply) => reply.type(type).send(content));
  }
}
