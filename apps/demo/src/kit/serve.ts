import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCookie, writeCookie } from './cookies.ts';
import { pageHeaders, RequestRefused, readForm, requestUrl } from './http.ts';
import { parseLanguage, preferredLanguage } from './language.ts';
import type { Answer, Handler, Portal, Routes, Visit } from './portal.ts';
import { refusedPage } from './sign-in.pages.ts';

const YEAR_SECONDS = 365 * 86_400;

interface StaticFile {
  type: string;
  content: Buffer;
}

/** Files by path, read once. */
export type Files = ReadonlyMap<string, StaticFile>;

/** What both portals share, and the colours and the logo of the one with this key. */
export function staticFiles(key: string): Files {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url));
  return new Map([
    ['/style.css', { type: 'text/css; charset=utf-8', content: read('style.css') }],
    ['/pieces.css', { type: 'text/css; charset=utf-8', content: read('pieces.css') }],
    ['/portal.css', { type: 'text/css; charset=utf-8', content: read(`../${key}.css`) }],
    ['/logo.svg', { type: 'image/svg+xml', content: read(`../${key}.svg`) }],
  ]);
}

/** Answers one request, whatever it is. */
export async function serve(
  portal: Portal,
  routes: Routes,
  files: Files,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = files.get(request.url ?? '');
  if (file) return sendFile(response, file);
  const visit = visitFrom(portal, request);
  const answer = await answerTo(portal, routes, request, visit);
  send(portal, request, response, visit, answer);
}

function sendFile(response: ServerResponse, { type, content }: StaticFile): void {
  const headers = {
    'content-type': type,
    'cache-control': 'max-age=300',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(200, headers).end(content);
}

function visitFrom(portal: Portal, request: IncomingMessage): Visit {
  const { cookie, 'accept-language': acceptLanguage } = request.headers;
  const names = cookieNames(portal);
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    url: new URL(portal.baseUrl),
    language: parseLanguage(readCookie(cookie, names.language)) ?? preferredLanguage(acceptLanguage),
    session: portal.sessions.find(readCookie(cookie, names.session)),
    form: new URLSearchParams(),
  };
}

/** The handler's answer; whatever goes wrong becomes a page. */
async function answerTo(
  portal: Portal,
  routes: Routes,
  request: IncomingMessage,
  visit: Visit,
): Promise<Answer> {
  try {
    visit.url = requestUrl(request, portal.baseUrl);
    const handler = handlerFor(routes, request.method, visit.url.pathname);
    if (request.method === 'POST') visit.form = await readForm(request, new URL(portal.baseUrl).origin);
    return await handler(portal, visit);
  } catch (error) {
    const status = error instanceof RequestRefused ? error.status : 500;
    if (status === 500) portal.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { status, page: refusedPage(portal, visit, status) };
  }
}

function handlerFor(routes: Routes, method: string | undefined, path: string): Handler {
  const known = new Map(Object.entries(routes));
  const found = known.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  if (found) return found;
  throw new RequestRefused(known.has(`GET ${path}`) || known.has(`POST ${path}`) ? 405 : 404);
}

function send(
  portal: Portal,
  request: IncomingMessage,
  response: ServerResponse,
  visit: Visit,
  answer: Answer,
): void {
  response.setHeaders(new Map(Object.entries(pageHeaders(new URL(portal.issuer).origin))));
  response.setHeader('set-cookie', cookiesFor(portal, answer));
  if ('goTo' in answer) {
    // 303: the next request is a GET, also after a form.
    response.writeHead(303, { location: String(answer.goTo) }).end();
    return;
  }
  response.setHeader('content-language', visit.language);
  response.writeHead(answer.status ?? 200);
  response.end(request.method === 'HEAD' ? undefined : String(answer.page));
}

function cookiesFor(portal: Portal, { session, language }: Answer): string[] {
  const names = cookieNames(portal);
  const secure = isSecure(portal);
  const cookies: string[] = [];
  if (session) cookies.push(writeCookie(names.session, session.id, secure));
  if (session === null) cookies.push(writeCookie(names.session, '', secure, 0));
  if (language) cookies.push(writeCookie(names.language, language, secure, YEAR_SECONDS));
  return cookies;
}

/** Named per portal, since browsers share cookies between the ports of one host. */
function cookieNames(portal: Portal): { session: string; language: string } {
  const prefix = `${isSecure(portal) ? '__Host-' : ''}${portal.design.key}`;
  return { session: `${prefix}-session`, language: `${prefix}-language` };
}

function isSecure(portal: Portal): boolean {
  return portal.baseUrl.startsWith('https:');
}
