import type { Adapter } from 'oidc-provider';
import type { Gate } from '../../gate/ports.ts';
import type { SessionClientStore } from './ports.ts';
import { currentRequest } from './request-context.ts';

export interface SessionAdapterDeps {
  gate: Gate;
  sessionClients: SessionClientStore;
}

/**
 * The library's sessions are projections of the gate's: made anew for each request from the session that the
 * gate found by its own cookie, and gone when that one is. Nothing that the library writes revives one; it
 * only adds to which relying parties a live session has signed in.
 */
export function sessionAdapter({ gate, sessionClients }: SessionAdapterDeps): Adapter {
  return {
    // The value of the cookie does not matter: the gate has judged it before the library saw the request.
    async find() {
      const { session, transaction } = currentRequest();
      if (!session) return undefined;
      const clients = await sessionClients.ofSession(await transaction.begin(), session);
      return {
        kind: 'Session',
        jti: session.id,
        uid: session.id,
        accountId: session.accountId,
        iat: Math.floor(session.createdAt.getTime() / 1000),
        exp: Math.ceil(session.expiresAt.getTime() / 1000),
        transient: true,
        authorizations: Object.fromEntries(
          clients.map(({ clientId, sid, grantId }) => [clientId, { sid, grantId: grantId ?? undefined }]),
        ),
      };
    },

    async upsert(_id, { authorizations = {} }) {
      const { session, transaction, codeIssuedTo } = currentRequest();
      if (!session || codeIssuedTo === undefined) return;
      const { sid, grantId } = authorizations[codeIssuedTo] ?? {};
      if (sid === undefined || grantId === undefined) return;
      const client = { clientId: codeIssuedTo, sid, grantId };
      await sessionClients.record(await transaction.begin(), session, client, gate.clock.now());
    },

    // The library drops the id it gives its session whenever somebody signs in; ours stays.
    destroy: () => Promise.resolve(),
    findByUid: () => Promise.reject(new TypeError('what is bound to a session is bound by the gate')),
    findByUserCode: () => Promise.reject(new TypeError('there is no device flow')),
    consume: () => Promise.reject(new TypeError('a session is not consumed')),
    revokeByGrantId: () => Promise.reject(new TypeError('a session is not granted')),
  };
}
