import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Brand, brandCss } from '@sigillo/ui/brand-css';
import { z } from 'zod';
import type { Config } from '../platform/config/config.ts';
import type { App } from '../platform/http/app.ts';
import { StartRefused } from '../platform/start-refused.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i);
const colours = z.strictObject({
  primary: colour,
  primaryStrong: colour,
  onPrimary: colour,
  tint: colour,
  header: colour,
  onHeader: colour,
  focus: colour,
});

const BrandSchema = z.strictObject({
  name: z.string().min(1).max(60),
  logo: z.string().startsWith('<svg').max(32_768).nullable(),
  font: z.string().min(1).max(300),
  supportEmail: z.email().nullable(),
  chatUrl: z.url({ protocol: /^https?$/ }).nullable(),
  colours: z.strictObject({ light: colours, dark: colours }),
});

const OWN_BRAND = new URL(import.meta.resolve('@sigillo/ui/brand.json'));

/**
 * Reads the one file that makes the installation look like its owner.
 *
 * @throws StartRefused naming every fault
 */
export function readBrand(config: Config): Brand {
  const parsed = BrandSchema.safeParse(readJson(config.brandFile ?? OWN_BRAND));
  if (!parsed.success) throw new StartRefused(`SIGILLO_BRAND_FILE: ${z.prettifyError(parsed.error)}`);
  const { chatUrl, mailbox } = config.support;
  return {
    ...parsed.data,
    chatUrl: chatUrl ?? parsed.data.chatUrl,
    supportEmail: mailbox ?? parsed.data.supportEmail,
  };
}

function readJson(file: string | URL): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new StartRefused(`SIGILLO_BRAND_FILE: ${file} ${reason}`);
  }
}

/** An image of its own may carry styles; it runs nothing and fetches nothing. */
const LOGO_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** A file made from the brand, the same on every origin of the installation. */
interface BrandFile {
  path: string;
  type: string;
  headers: Record<string, string>;
  /** As the brand is now; null where it has none. */
  content: (brand: Brand) => string | null;
}

/** Properties for style sheets, and the logo as an image. */
const FILES: readonly BrandFile[] = [
  { path: '/brand.css', type: 'text/css; charset=utf-8', headers: {}, content: brandCss },
  {
    path: '/brand/logo.svg',
    type: 'image/svg+xml',
    headers: { 'content-security-policy': LOGO_POLICY },
    content: ({ logo }) => logo,
  },
];

interface Served {
  code(status: number): Served;
  headers(headers: Record<string, string>): Served;
  type(type: string): Served;
  send(content?: string): unknown;
}
type Serve = (request: { headers: Record<string, string | string[] | undefined> }, reply: Served) => unknown;

/**
 * The files of the brand, each with who serves it. A browser asks each time whether it has changed, and is told no more
 * than that: what an administrator changes is seen on the next page.
 */
export function brandFiles(brand: Brand): { path: string; serve: Serve }[] {
  return FILES.map((file) => {
    // Every page asks: the digest is made once of each content.
    let known = { content: '', etag: '' };
    const serve: Serve = (request, reply) => {
      const content = file.content(brand);
      if (content === null) return reply.code(404).type('text/plain').send('There is none\n');
      if (content !== known.content) known = { content, etag: etagOf(content) };
      const { etag } = known;
      const answer = reply.headers({ ...file.headers, 'cache-control': 'no-cache', etag });
      return request.headers['if-none-match'] === etag
        ? answer.code(304).send()
        : answer.type(file.type).send(content);
    };
    return { path: file.path, serve };
  });
}

const etagOf = (content: string): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;

/**
 * The brand for pages: its files, and names and addresses as JSON.
 *
 * @param authenticatorUrl where people open the authenticator app; undefined where there is none
 */
export function brandRoutes(app: App, brand: Brand, authenticatorUrl: string | undefined): void {
  for (const { path, serve } of brandFiles(brand)) app.get(path, { schema: { hide: true } }, serve);
  app.get(
    '/api/brand',
    {
      schema: {
        operationId: 'getBrand',
        summary: 'Name, logo and addresses of this installation',
        tags: ['help'],
        response: {
          200: z.object({
            name: z.string(),
            logoUrl: z.string().nullable(),
            languages: z.array(z.enum(['it', 'en'])),
            supportEmail: z.string().nullable(),
            chatUrl: z.string().nullable(),
            authenticatorUrl: z.string().nullable().describe('Where people open the authenticator app'),
          }),
        },
      },
    },
    () => ({
      name: brand.name,
      logoUrl: brand.logo ? '/brand/logo.svg' : null,
      languages: ['it' as const, 'en' as const],
      supportEmail: brand.supportEmail,
      chatUrl: brand.chatUrl,
      authenticatorUrl: authenticatorUrl ?? null,
    }),
  );
}
