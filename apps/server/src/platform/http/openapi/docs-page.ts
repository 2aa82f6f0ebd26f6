import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { App } from '../app.ts';
import { CACHE_FOR_EVER } from '../security-headers.ts';

interface Asset {
  path: string;
  type: string;
  content: Buffer;
}

/** Swagger UI has its own validator on another site and asks for it unless told not to. */
const START = `
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
});
`;

/** `/docs`: the API to read and to try. A static shell, no inline code, nothing from other origins. */
export function docsRoutes(app: App): void {
  const css = assetOf('swagger-ui', 'css', readPackaged('swagger-ui-dist/swagger-ui.css'));
  const bundle = assetOf('swagger-ui', 'js', readPackaged('swagger-ui-dist/swagger-ui-bundle.js'));
  const start = assetOf('start', 'js', Buffer.from(START));
  for (const { path, type, content } of [css, bundle, start]) {
    app.get(path, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', CACHE_FOR_EVER).type(type).send(content),
    );
  }
  const page = shell(css, [bundle, start]);
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => reply.type('text/html').send(page));
}

/** Named by its content, so that browsers may keep it for ever. */
function assetOf(name: string, extension: 'css' | 'js', content: Buffer): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const type = extension === 'css' ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  return { path: `/docs/${name}.${hash}.${extension}`, type, content };
}

function readPackaged(specifier: string): Buffer {
  return readFileSync(fileURLToPath(import.meta.resolve(specifier)));
}

function shell(css: Asset, scripts: readonly Asset[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sigillo API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${css.path}">
</head>
<body>
<div id="docs"></div>
${scripts.map(({ path }) => `<script src="${path}"></script>`).join('\n')}
</body>
</html>
`;
}
