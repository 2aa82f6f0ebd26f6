import { z } from 'zod';
import type { KeptNotice } from '../../gate/ports.ts';
import { DAY_MS } from '../../platform/clock/clock.ts';
import type { App } from '../../platform/http/app.ts';
import { isHolderNotice } from '../../platform/messages/templates/holder-notices.ts';
import type { MessageRenderer } from '../../platform/messages/templates/render-message.ts';
import { deviceFrozen, deviceGone, requestNotSigned } from './device.problems.ts';
import { type SignedRequestPorts, signedBy } from './signed-request.ts';

/** How far back an app shows what happened. */
const SHOWN_MS = 90 * DAY_MS;
/** More than anybody reads on a telephone. */
const MOST = 50;

const tags = ['device'];
const problems = [requestNotSigned, deviceGone, deviceFrozen];
const Link = z.object({ label: z.string(), href: z.url() });

const NoticeView = z
  .object({
    id: z.uuid(),
    kind: z.string().describe('What happened, such as password-changed'),
    title: z.string(),
    paragraphs: z.array(z.string()),
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
    advice: z.string().describe('What to do if it was somebody else'),
    links: z.array(Link),
    at: z.iso.datetime(),
    isSeen: z.boolean(),
  })
  .meta({ id: 'AppNotice' });

type Ports = SignedRequestPorts & { renderer: Pick<MessageRenderer, 'notice'> };

/** What happened to the account, as its apps show it. */
export function noticeRoutes(app: App, ports: Ports): void {
  const { gate, renderer } = ports;

  app.get(
    '/device/notices',
    {
      schema: {
        operationId: 'listNotices',
        summary: 'What happened to the account in the last 90 days, newest first; at most 50',
        tags,
        querystring: z.object({ language: z.enum(['it', 'en']).default('it') }),
        response: { 200: z.object({ notices: z.array(NoticeView) }) },
        problems,
      },
    },
    async (request) => {
      const { device } = await signedBy(ports, request);
      const since = new Date(gate.clock.nowMs() - SHOWN_MS);
      const kept = await gate.single((tx) => gate.notices.list(tx, device.accountId, since, MOST));
      const { language } = request.query;
      return { notices: kept.flatMap((one) => noticeView(renderer, one, language)) };
    },
  );

  app.post(
    '/device/notices/seen',
    {
      schema: {
        operationId: 'markNoticesSeen',
        summary: 'Everything up to this notice was shown',
        tags,
        body: z.strictObject({ upTo: z.uuid() }),
        response: { 204: z.null() },
        problems,
      },
    },
    async (request, reply) => {
      const { device } = await signedBy(ports, request);
      const now = gate.clock.now();
      await gate.single((tx) => gate.notices.markSeen(tx, device.accountId, request.body.upTo, now));
      return reply.code(204).send(null);
    },
  );
}

/** None of a kind that this version does not know: another version of the server wrote it. */
function noticeView(
  renderer: Ports['renderer'],
  { id, kind, params, at, seenAt }: KeptNotice,
  language: 'it' | 'en',
): z.infer<typeof NoticeView>[] {
  if (!isHolderNotice(kind)) return [];
  const words = renderer.notice({ template: kind, params }, language);
  return [{ id, kind, ...words, at: at.toISOString(), isSeen: seenAt !== null }];
}
