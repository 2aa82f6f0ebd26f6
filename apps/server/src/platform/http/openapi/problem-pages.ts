import { z } from 'zod';
import type { App } from '../app.ts';
import { notFound } from '../http.problems.ts';
import { type ProblemKind, problemKinds } from '../problems.ts';

/** `/problems/<slug>`: what the `type` of a problem document means, for a person or a program (RFC 9457 §3.1.1). */
export function problemRoutes(app: App): void {
  app.get('/problems', { schema: { hide: true } }, (request, reply) => {
    const kinds = problemKinds();
    if (!wantsPage(request.headers.accept)) return reply.send(kinds.map(descriptionOf));
    const links = kinds.map(({ type }) => `<li><a href="/problems/${type}">${type}</a></li>`);
    return reply.type('text/html').send(page('Problems', `<ul>\n${links.join('\n')}\n</ul>`));
  });

  const schema = { hide: true, params: z.object({ slug: z.string() }) };
  app.get('/problems/:slug', { schema }, (request, reply) => {
    const kind = problemKinds().find(({ type }) => type === request.params.slug);
    if (!kind) throw notFound();
    if (!wantsPage(request.headers.accept)) return reply.send(descriptionOf(kind));
    return reply.type('text/html').send(problemPage(kind));
  });
}

function wantsPage(accept = ''): boolean {
  return accept.includes('text/html');
}

function descriptionOf({ type, status, title, explanation }: ProblemKind): object {
  return { slug: type, status, title, ...(explanation !== '' && { explanation }) };
}

function problemPage({ type, status, title, explanation }: ProblemKind): string {
  return page(
    title,
    `<p><code>${escapeHtml(type)}</code>, HTTP status ${status}</p>
<p>${escapeHtml(explanation)}</p>
<p><a href="/problems">All problems</a> · <a href="/docs">The API</a></p>`,
  );
}

/** Uses the style sheet of the passing pages, which the portal builds. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/passing.css">
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
