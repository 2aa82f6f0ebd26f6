import * as oidc from 'openid-client';
import { parseLanguage } from './language.ts';
import type { Purpose, SignInRequest } from './open-id-connect.ts';
import {
  beginSignIn,
  completeSignIn,
  NotWhatWasAsked,
  refreshDetails,
  refreshTokens,
  revokeRefreshToken,
  signOutUrl,
} from './open-id-connect.ts';
import type { Answer, KnownVisit, Portal, Routes, Visit } from './portal.ts';
import { signedIn } from './portal.ts';
import { reasonOf } from './reason.ts';
import { returningTo, returnPath } from './return-path.ts';
import { keepPending, takePending } from './sessions.ts';
import { problemPage, signedOutPage, signOutPage } from './sign-in.pages.ts';
import type { NoticeName, ProblemName } from './words.ts';
import { parseProblem } from './words.ts';

/** The routes of every portal that signs people in with Sigillo. */
export const signInRoutes: Routes = {
  'GET /sign-in': (portal, visit) => leaveFor('sign-in', portal, visit),
  'GET /step-up': signedIn((portal, visit) => leaveFor('step-up', portal, visit)),
  'GET /check': signedIn((portal, visit) => leaveFor('check', portal, visit)),
  'GET /callback': comeBack,
  'POST /refresh': signedIn(refresh),
  'GET /sign-out': signedIn((portal, visit) => ({ page: signOutPage(portal, visit) }), alreadyOut),
  'POST /sign-out/here': signedIn(signOutHere, alreadyOut),
  'POST /sign-out/everywhere': signedIn(signOutEverywhere, alreadyOut),
  'GET /signed-out': (portal, visit) => ({ page: signedOutPage(portal, visit) }),
  'GET /problem': (portal, visit) =>
    showProblem(portal, visit, parseProblem(visit.url.searchParams.get('name'))),
  'POST /language': (portal, visit) => ({
    goTo: returnPath(portal, visit),
    language: parseLanguage(visit.form.get('language')) ?? visit.language,
  }),
};

/** Sends the browser to Sigillo, and remembers in the session what must match when it comes back. */
async function leaveFor(purpose: Purpose, portal: Portal, visit: Visit): Promise<Answer> {
  const config = portal.provider.configuration();
  if (!config) return showProblem(portal, visit, 'temporarily_unavailable');

  const request: SignInRequest = {
    purpose,
    redirectUri: `${portal.baseUrl}/callback`,
    scopes: portal.design.scopes,
    language: visit.language,
    returnTo: returnPath(portal, visit),
    person: visit.session?.person,
  };
  const { url, pending } = await beginSignIn(config, request);
  const session = visit.session ?? portal.sessions.open();
  keepPending(session, pending);
  return { goTo: url, session };
}

/** Where Sigillo sends the browser back to, with a code or with an error. */
async function comeBack(portal: Portal, visit: Visit): Promise<Answer> {
  const { session, url } = visit;
  const pending = takePending(session, url.searchParams.get('state'));
  const config = portal.provider.configuration();
  if (!session || !pending || !config) return { goTo: problemPath('sign_in_lost') };

  try {
    session.person = await completeSignIn(config, url, pending, portal.design.minimumLevel, session.person);
  } catch (error) {
    const problem = problemOf(error, portal);
    // Sigillo's session is the one that counts: when it is over, so is ours.
    if (pending.purpose === 'check' && problem === 'login_required')
      return endSession(portal, visit, problem);
    return { goTo: returningTo(problemPath(problem), pending.returnTo) };
  }
  portal.sessions.renew(session);
  const { purpose, returnTo } = pending;
  return { goTo: purpose === 'check' ? withNotice(portal, returnTo, 'stillSignedIn') : returnTo, session };
}

/** Asks Sigillo again who this is, with the refresh token. */
async function refresh(portal: Portal, visit: KnownVisit): Promise<Answer> {
  const { session } = visit;
  const config = portal.provider.configuration();
  if (!config || !session.person.refreshToken) return { goTo: problemPath('sign_in_over') };

  try {
    // Two tabs must not use one refresh token twice: Sigillo would take it for theft and end them both.
    session.refreshing ??= refreshTokens(config, session.person).finally(() => {
      session.refreshing = undefined;
    });
    session.person = await session.refreshing;
    session.person = await refreshDetails(config, session.person);
  } catch (error) {
    if (isOver(error)) return endSession(portal, visit, 'sign_in_over');
    return { goTo: problemPath(problemOf(error, portal)) };
  }
  return { goTo: withNotice(portal, returnPath(portal, visit), 'refreshed') };
}

async function signOutHere(portal: Portal, visit: KnownVisit): Promise<Answer> {
  portal.sessions.end(visit.session);
  await giveUpTokens(portal, visit);
  return { goTo: '/signed-out', session: null };
}

/** Ends the session here, then has the browser end it at Sigillo, which sends it back to `/signed-out`. */
async function signOutEverywhere(portal: Portal, visit: KnownVisit): Promise<Answer> {
  const answer = await signOutHere(portal, visit);
  const config = portal.provider.configuration();
  if (!config) return answer;
  const url = signOutUrl(config, visit.session.person, `${portal.baseUrl}/signed-out`, visit.language);
  return { goTo: url, session: null };
}

/** Signing out succeeds even when Sigillo does not answer; the token then ends by itself. */
async function giveUpTokens(portal: Portal, visit: KnownVisit): Promise<void> {
  const config = portal.provider.configuration();
  if (!config) return;
  await revokeRefreshToken(config, visit.session.person).catch((error: unknown) => problemOf(error, portal));
}

function endSession(portal: Portal, { session }: Visit, problem: ProblemName): Answer {
  if (session) portal.sessions.end(session);
  return { goTo: problemPath(problem), session: null };
}

/** What to tell the person. Sigillo's own errors are theirs to know; the rest is for the log. */
function problemOf(error: unknown, portal: Portal): ProblemName {
  if (error instanceof NotWhatWasAsked) return error.problem;
  if (error instanceof oidc.AuthorizationResponseError) return parseProblem(error.error);
  portal.log(`sign-in failed: ${reasonOf(error)}`);
  if (nobodyAnswered(error)) return 'temporarily_unavailable';
  return 'unexpected';
}

/** Sigillo no longer honours the refresh token, or what it has just given for it. */
function isOver(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant';
  return error instanceof oidc.WWWAuthenticateChallengeError;
}

/** How the library says that time is up, and `fetch` that the other side is not there. */
function nobodyAnswered(error: unknown): boolean {
  if (error instanceof oidc.ClientError) return error.code === 'OAUTH_TIMEOUT';
  return error instanceof TypeError && error.message === 'fetch failed';
}

function showProblem(portal: Portal, visit: Visit, problem: ProblemName): Answer {
  const status = problem === 'temporarily_unavailable' ? 503 : 200;
  return { page: problemPage(portal, visit, problem), status };
}

function problemPath(problem: ProblemName): string {
  return `/problem?name=${problem}`;
}

function withNotice({ baseUrl }: Portal, path: string, notice: NoticeName): string {
  const url = new URL(path, baseUrl);
  url.searchParams.set('notice', notice);
  return url.pathname + url.search;
}

function alreadyOut(): Answer {
  return { goTo: '/signed-out' };
}
