import type { FastifyRequest } from 'fastify';
import { COOKIES, readCookie } from '../../../platform/http/cookies.ts';
import type { Language } from '../../../platform/messages/templates/translate.ts';

const SPOKEN: readonly Language[] = ['it', 'en'];
const FIRST: Language = 'it';

const spoken = (tag: string): Language | undefined =>
  SPOKEN.find((one) => one === tag.slice(0, 2).toLowerCase());

/** The first language of `ui_locales` that we speak (OpenID Connect Core §3.1.2.1). */
export function requestedLanguage(uiLocales: unknown): Language | undefined {
  if (typeof uiLocales !== 'string') return undefined;
  return uiLocales.split(' ').map(spoken).find(Boolean);
}

/** The language of a browser: chosen here before, else the first it accepts (RFC 9110 §12.5.4). */
export function browserLanguage(request: FastifyRequest): Language {
  const chosen = spoken(readCookie(request, COOKIES.language) ?? '');
  const accepted = (request.headers['accept-language'] ?? '').split(',').map((part) => spoken(part.trim()));
  return chosen ?? accepted.find(Boolean) ?? FIRST;
}
