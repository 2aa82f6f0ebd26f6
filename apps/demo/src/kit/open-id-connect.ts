import * as oidc from 'openid-client';
import type { Language } from './language.ts';

/** `step-up` proves more for something sensitive; `check` asks, without any page, whether the session lives. */
export type Purpose = 'sign-in' | 'step-up' | 'check';

/** What must be remembered between leaving for Sigillo and coming back. */
export interface PendingSignIn {
  purpose: Purpose;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** Where to go on afterwards, a path of this portal. */
  returnTo: string;
}

/** What this portal knows about who is signed in, and from which tokens. Times are Unix times in milliseconds. */
export interface Person {
  /** Pairwise: no other portal knows this person by it. */
  subject: string;
  /** Claims from the UserInfo endpoint. */
  details: Readonly<Record<string, unknown>>;
  /** 1, 2 or 3; 0 when Sigillo did not say. */
  level: number;
  acr: string | undefined;
  amr: readonly string[];
  authenticatedMs: number | undefined;
  idToken: string;
  idTokenExpiresMs: number;
  accessToken: string;
  accessTokenExpiresMs: number;
  accessTokenLifetimeSeconds: number;
  refreshToken: string | undefined;
}

/** Step-up: two proofs, the newest at most this old. */
const STEP_UP_MAX_AGE_SECONDS = 300;
const STEP_UP_LEVEL = 2;

const LEVEL_PREFIX = 'urn:sigillo:level:';

/** The tokens were genuine, but they do not say what this portal needs. */
export class NotWhatWasAsked extends Error {
  readonly problem: 'unmet_authentication_requirements' | 'other_person';

  constructor(problem: NotWhatWasAsked['problem']) {
    super(problem);
    this.problem = problem;
  }
}

export interface SignInRequest {
  purpose: Purpose;
  redirectUri: string;
  scopes: readonly string[];
  language: Language;
  returnTo: string;
  /** Who is signed in here already, for a step-up or a check. */
  person?: Person | undefined;
}

/** The address at Sigillo to send the browser to, and what to remember until it comes back. */
export async function beginSignIn(
  config: oidc.Configuration,
  request: SignInRequest,
): Promise<{ url: URL; pending: PendingSignIn }> {
  const pending = {
    purpose: request.purpose,
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    codeVerifier: oidc.randomPKCECodeVerifier(),
    returnTo: request.returnTo,
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: request.redirectUri,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
    ui_locales: request.language,
    ...(request.person && { id_token_hint: request.person.idToken }),
    ...parametersFor(request),
  });
  return { url, pending };
}

/** What makes the three purposes differ (OpenID Connect Core §3.1.2.1). */
function parametersFor({ purpose, scopes }: SignInRequest): Record<string, string> {
  if (purpose === 'sign-in') {
    // Access while the person is away needs their consent, asked for explicitly (OpenID Connect Core §11).
    return { scope: scopes.join(' '), ...(scopes.includes('offline_access') && { prompt: 'consent' }) };
  }
  const scope = scopes.filter((name) => name !== 'offline_access').join(' ');
  if (purpose === 'check') return { scope, prompt: 'none' };
  return { scope, acr_values: `${LEVEL_PREFIX}${STEP_UP_LEVEL}`, max_age: String(STEP_UP_MAX_AGE_SECONDS) };
}

/**
 * Turns Sigillo's answer into a person. The library checks `state` and `iss` of the answer; signature,
 * `iss`, `aud`, `exp`, `nonce` and, for a step-up, `auth_time` of the ID token; and that UserInfo speaks of
 * the same `sub`. It throws Sigillo's own error when that is the answer.
 *
 * @param minimumLevel what this portal accepts at all; a step-up asks for more
 * @param before who is signed in here already; one session never changes hands
 * @throws NotWhatWasAsked when the level is too low or somebody else answered
 */
export async function completeSignIn(
  config: oidc.Configuration,
  answer: URL,
  pending: PendingSignIn,
  minimumLevel: number,
  before: Person | undefined,
): Promise<Person> {
  const stepUp = pending.purpose === 'step-up';
  const tokens = await oidc.authorizationCodeGrant(config, answer, {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.codeVerifier,
    ...(stepUp && { maxAge: STEP_UP_MAX_AGE_SECONDS }),
  });
  const person = await personFrom(config, tokens);

  if (before && person.subject !== before.subject) throw new NotWhatWasAsked('other_person');
  // `acr_values` is a wish, not a demand (OpenID Connect Core §5.5.1.1): what came back decides.
  const neededLevel = stepUp ? STEP_UP_LEVEL : minimumLevel;
  if (person.level < neededLevel) throw new NotWhatWasAsked('unmet_authentication_requirements');
  return { ...person, refreshToken: person.refreshToken ?? before?.refreshToken };
}

/**
 * New tokens for the refresh token. Store the outcome before anything else: Sigillo may have replaced the
 * refresh token, and takes a second use of the old one for theft.
 */
export async function refreshTokens(config: oidc.Configuration, person: Person): Promise<Person> {
  const tokens = await oidc.refreshTokenGrant(config, person.refreshToken ?? '');
  const claims = tokens.claims();
  if (claims && claims.sub !== person.subject) throw new NotWhatWasAsked('other_person');
  return {
    ...person,
    ...accessTokenFacts(tokens),
    ...(claims && tokens.id_token && { idToken: tokens.id_token, idTokenExpiresMs: claims.exp * 1000 }),
    refreshToken: tokens.refresh_token ?? person.refreshToken,
  };
}

/** The claims as Sigillo tells them now. */
export async function refreshDetails(config: oidc.Configuration, person: Person): Promise<Person> {
  return { ...person, details: await oidc.fetchUserInfo(config, person.accessToken, person.subject) };
}

/** Takes the refresh token out of the world (RFC 7009). */
export async function revokeRefreshToken(config: oidc.Configuration, person: Person): Promise<void> {
  if (!person.refreshToken) return;
  await oidc.tokenRevocation(config, person.refreshToken, { token_type_hint: 'refresh_token' });
}

/** Where to send the browser to end the session at Sigillo too (OpenID Connect RP-Initiated Logout §2). */
export function signOutUrl(
  config: oidc.Configuration,
  person: Person,
  returnUri: string,
  language: Language,
): URL {
  return oidc.buildEndSessionUrl(config, {
    id_token_hint: person.idToken,
    post_logout_redirect_uri: returnUri,
    ui_locales: language,
  });
}

/** Whether this person has proven enough, recently enough, for something sensitive. */
export function isSteppedUp(person: Person, nowMs: number): boolean {
  const ageMs = nowMs - (person.authenticatedMs ?? 0);
  return person.level >= STEP_UP_LEVEL && ageMs <= STEP_UP_MAX_AGE_SECONDS * 1000;
}

async function personFrom(
  config: oidc.Configuration,
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
): Promise<Person> {
  const claims = tokens.claims();
  if (!claims || !tokens.id_token) throw new TypeError('a checked answer always carries an ID token');
  const acr = typeof claims.acr === 'string' ? claims.acr : undefined;
  return {
    subject: claims.sub,
    details: await oidc.fetchUserInfo(config, tokens.access_token, claims.sub),
    level: levelOf(acr),
    acr,
    amr: Array.isArray(claims.amr) ? claims.amr.map(String) : [],
    authenticatedMs: claims.auth_time === undefined ? undefined : claims.auth_time * 1000,
    idToken: tokens.id_token,
    idTokenExpiresMs: claims.exp * 1000,
    ...accessTokenFacts(tokens),
    refreshToken: tokens.refresh_token,
  };
}

function accessTokenFacts({ access_token, expires_in = 0 }: oidc.TokenEndpointResponse) {
  return {
    accessToken: access_token,
    accessTokenLifetimeSeconds: expires_in,
    accessTokenExpiresMs: Date.now() + expires_in * 1000,
  };
}

/** 1, 2 or 3; 0 for an `acr` that names no level. */
function levelOf(acr: string | undefined): number {
  const level = acr?.startsWith(LEVEL_PREFIX) ? Number(acr.slice(LEVEL_PREFIX.length)) : 0;
  return [1, 2, 3].includes(level) ? level : 0;
}
