import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ClientInfo, clientInfoOf } from '../../platform/http/client-info.ts';
import { COOKIES, clearCookie, readCookie, setCookie } from '../../platform/http/cookies.ts';
import { newSecret } from '../../platform/ids.ts';
import type { Admitted } from '../admit.ts';
import { signInNeeded } from '../gate.problems.ts';
import type { Presenter, Session } from '../model.ts';
import type { Gate } from '../ports.ts';
import { readSession, sha256 } from '../sessions.ts';

const SECRET_SHAPE = /^[A-Za-z0-9_-]{43}$/;
/** How long a browser stays recognised without signing in; browsers cap it at 400 days anyway. */
const RECOGNISED_SECONDS = 365 * 24 * 60 * 60;

const secretIn = (value: string | undefined): Buffer | undefined =>
  value !== undefined && SECRET_SHAPE.test(value) ? Buffer.from(value, 'base64url') : undefined;

/**
 * The browser that makes a request, by its secret; one that has none yet is given one. The secret binds every
 * ceremony begun in this browser, each named in its URL, so that tabs do not disturb one another.
 */
export function presenterOf(request: FastifyRequest, reply: FastifyReply): Presenter {
  const recognised = secretIn(readCookie(request, COOKIES.recognised));
  return {
    kind: 'browser',
    bindingHash: sha256(browserSecret(request, reply)),
    client: clientInfoOf(request),
    recognisedHash: recognised ? sha256(recognised) : null,
  };
}

function browserSecret(request: FastifyRequest, reply: FastifyReply): Buffer {
  const known = secretIn(readCookie(request, COOKIES.browser));
  if (known) return known;
  const fresh = newSecret();
  const value = fresh.toString('base64url');
  setCookie(reply, COOKIES.browser, value);
  request.cookies[COOKIES.browser] = value;
  return fresh;
}

/** Somebody who followed a link: bound by what the link carries, not by a browser. */
export function linkPresenter(client: ClientInfo, token: string): Presenter {
  return { kind: 'link', bindingHash: sha256(Buffer.from(token)), client, recognisedHash: null };
}

/** The live session of the request, if there is one. */
export async function sessionOf(gate: Gate, request: FastifyRequest): Promise<Session | undefined> {
  const token = readCookie(request, COOKIES.session);
  return token === undefined ? undefined : readSession(gate, token);
}

/** The same without counting as a use of it: a page that only looks keeps nobody signed in. */
export async function lookAtSession(gate: Gate, request: FastifyRequest): Promise<Session | undefined> {
  const token = readCookie(request, COOKIES.session);
  return token === undefined ? undefined : readSession(gate, token, { isUse: false });
}

/** @throws signInNeeded when there is no live session */
export async function requireSession(gate: Gate, request: FastifyRequest): Promise<Session> {
  const session = await sessionOf(gate, request);
  if (!session) throw signInNeeded();
  return session;
}

/** A new session: its token, and the secret by which this browser is recognised when it comes back. */
export function setSessionCookies(reply: FastifyReply, admitted: Admitted): void {
  setCookie(reply, COOKIES.session, admitted.token);
  setRecognised(reply, admitted.recognisedSecret);
}

/** Remembers this browser for an account that was recovered in it; opens no session. */
export function setRecognised(reply: FastifyReply, secret: string): void {
  setCookie(reply, COOKIES.recognised, secret, RECOGNISED_SECONDS);
}

/** An operator's new session of the console. */
export function setConsoleCookies(reply: FastifyReply, admitted: Admitted): void {
  setCookie(reply, COOKIES.console, admitted.token);
  setRecognised(reply, admitted.recognisedSecret);
}

export function clearConsole(reply: FastifyReply): void {
  clearCookie(reply, COOKIES.console);
}

export function setSessionToken(reply: FastifyReply, token: string): void {
  setCookie(reply, COOKIES.session, token);
}

export function clearSession(reply: FastifyReply): void {
  clearCookie(reply, COOKIES.session);
}
