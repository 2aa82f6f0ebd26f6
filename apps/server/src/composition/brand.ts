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
const LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
const HOUR = 'public, max-age=3600';

/** A file made from the brand, the same on every origin of the installation. */
interface BrandFile {
  path: string;
  type: string;
  headers: Record<string, string>;
  content: string;
}

/** Properties for style sheets, and the logo as an image. */
export function brandFiles(brand: Brand): BrandFile[] {
  const css = {
    path: '/brand.css',
    type: 'text/css; charset=utf-8',
    headers: { 'cache-control': HOUR },
    content: brandCss(brand),
  };
  if (!brand.logo) return [css];
  const headers = { 'cache-control': HOUR, 'content-security-policy': LOGO_POLICY };
  return [css, { path: '/brand/logo.svg', type: 'image/svg+xml', headers, content: brand.logo }];
}

/**
 * The brand for pages: its files, and names and addresses as JSON.
 *
 * @param authenticatorUrl where people open the authenticator app; undefined where there is none
 */
export function brandRoutes(app: App, brand: Brand, authenticatorUrl: string | undefined): void {
  for (const { path, type, headers, content } of brandFiles(brand))
    app.get(path, { schema: { hide: true } }, (_, reply) => reply.headers(headers).type(type).send(content));
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
