import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Gate } from '../../gate/ports.ts';
import type { Tx } from '../../platform/database/database.ts';
import { keptSeconds } from './lifetimes.ts';
import { hold, isOffline, originOf, stands } from './liveness.ts';
import type { Artifact, ArtifactModel, ArtifactStore, ConsentStore, Origin } from './ports.ts';
import { consentIn, currentRequest, type OidcRequest } from './request-context.ts';

export interface AdapterDeps {
  gate: Gate;
  artifacts: ArtifactStore;
  consents: ConsentStore;
}

/** What is there before anybody is known to have signed in. */
const OF_NOBODY: readonly ArtifactModel[] = ['Interaction', 'PushedAuthorizationRequest'];

/**
 * What is used once and shows by a second use that it was stolen, so that all its family dies. Requests that present
 * codes or tokens of one grant take turns. The second of two with one code then finds it used, and the library
 * revokes the family (RFC 6749 §4.1.2); two that revoke never wait for one another.
 */
const IN_A_FAMILY: readonly ArtifactModel[] = ['AuthorizationCode', 'RefreshToken'];

/** Fields whose values open something, or tell where: the row is found by their hash instead. */
const NOT_STORED = ['jti', 'returnTo'] as const;

/**
 * Keeps one kind of thing for the library. Whatever belongs to a session is written only while that session
 * lives, and found only as long: an ended session stays ended, whatever of it is still in flight.
 */
export function artifactAdapter(model: ArtifactModel, deps: AdapterDeps): Adapter {
  const { gate, artifacts } = deps;
  return {
    async upsert(value, payload, expiresIn = 0) {
      const request = currentRequest();
      const tx = await request.transaction.begin();
      const createdAt = gate.clock.now();
      await artifacts.insert(tx, {
        model,
        value,
        payload: storedPayload(model, payload, request),
        grantId: payload.grantId ?? null,
        origin: OF_NOBODY.includes(model)
          ? null
          : await holdOrigin(gate, tx, request, isOffline(scopeOf(payload))),
        bindingHash: model === 'Interaction' ? request.presenter.bindingHash : null,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + keptSeconds(model, expiresIn) * 1000),
      });
      if (model === 'AuthorizationCode') request.codeIssuedTo = payload.clientId;
    },

    async find(value) {
      const request = currentRequest();
      const tx = await request.transaction.begin();
      const now = gate.clock.now();
      // Sent together, and carried out in this order: what is found is found when its turn has come.
      const [, found] = await Promise.all([
        IN_A_FAMILY.includes(model) && artifacts.lockFamily(tx, model, value, now),
        artifacts.find(tx, model, value, now),
      ]);
      if (!found || !(await isUsable(model, deps, tx, request, found))) return undefined;
      if (!OF_NOBODY.includes(model)) request.origin = found.origin ?? undefined;
      return { ...found.payload, ...restored(model, value), ...consumed(found) };
    },

    async consume(value) {
      const tx = await currentRequest().transaction.begin();
      const isFirst = await artifacts.consume(tx, model, value, gate.clock.now());
      if (isFirst) return;
      if (model === 'PushedAuthorizationRequest')
        throw new errors.InvalidRequestUri('request_uri used already');
      throw new errors.InvalidGrant({ detail: 'used already' });
    },

    async destroy(value) {
      const tx = await currentRequest().transaction.begin();
      if (model === 'AccessToken') await artifacts.lockFamily(tx, model, value, gate.clock.now());
      const isFirst = await artifacts.discard(tx, model, value, gate.clock.now());
      // What an interaction admits to, it admits to once.
      if (model === 'Interaction' && !isFirst) throw new errors.SessionNotFound('interaction used already');
    },

    async revokeByGrantId(grantId) {
      const tx = await currentRequest().transaction.begin();
      await artifacts.discardGranted(tx, model, grantId, gate.clock.now());
    },

    findByUid: () => Promise.reject(new TypeError('only sessions are found by uid')),
    findByUserCode: () => Promise.reject(new TypeError('there is no device flow')),
  };
}

function storedPayload(model: ArtifactModel, payload: AdapterPayload, request: OidcRequest): object {
  const stored = Object.fromEntries(
    Object.entries(payload).filter(([name]) => !NOT_STORED.some((one) => one === name)),
  );
  if (model !== 'Grant') return stored;
  if (!request.consent) throw new Error('A grant was made without a consent');
  return { ...stored, consentedAtMs: request.consent.grantedAt.getTime() };
}

/** @throws what the library turns into an answer, when the session ended meanwhile */
async function holdOrigin(gate: Gate, tx: Tx, request: OidcRequest, offline: boolean): Promise<Origin> {
  const origin = request.session ? originOf(request.session) : request.origin;
  const mayBeAway = offline && !request.session;
  if (origin && (await isHeld(gate, tx, request, origin, mayBeAway))) return origin;
  throw request.session
    ? new errors.LoginRequired('the session has ended')
    : new errors.InvalidGrant({ detail: 'the session has ended' });
}

/** What a transaction holds it holds to its end. */
async function isHeld(gate: Gate, tx: Tx, { held }: OidcRequest, origin: Origin, mayBeAway: boolean) {
  const key = `${mayBeAway} ${origin.epoch} ${origin.sessionId}`;
  if (held.has(key)) return true;
  const isLive = await hold(gate, tx, origin, mayBeAway);
  if (isLive) held.add(key);
  return isLive;
}

async function isUsable(
  model: ArtifactModel,
  { gate, consents }: AdapterDeps,
  tx: Tx,
  request: OidcRequest,
  found: Artifact,
): Promise<boolean> {
  if (model === 'Interaction') return found.bindingHash?.equals(request.presenter.bindingHash) ?? false;
  if (model === 'PushedAuthorizationRequest') return true;
  if (!stands(gate, found, isOffline(scopeOf(found.payload)))) return false;
  if (model !== 'Grant') return true;
  const { accountId, clientId, consentedAtMs } = found.payload;
  const consent = await consentIn(request, consents, tx, String(accountId), String(clientId));
  return consent?.grantedAt.getTime() === consentedAtMs;
}

/** The scopes of a code, a token or a grant. */
function scopeOf(payload: AdapterPayload): string | undefined {
  const openid = payload.openid as { scope?: string } | undefined;
  return payload.scope ?? openid?.scope;
}

function restored(model: ArtifactModel, value: string): AdapterPayload {
  return model === 'Interaction' ? { jti: value, returnTo: resumePath(value) } : { jti: value };
}

/** Where the browser goes when an interaction is answered. */
export const resumePath = (uid: string): string => `/oidc/authorize/${uid}`;

function consumed({ consumedAt }: Artifact): AdapterPayload {
  return consumedAt ? { consumed: Math.floor(consumedAt.getTime() / 1000) } : {};
}
