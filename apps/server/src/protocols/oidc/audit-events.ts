import { levelOfAcr } from '@sigillo/assurance';
import type Provider from 'oidc-provider';
import type { Gate } from '../../gate/ports.ts';
import type { AuditEventType } from '../../platform/audit/event-types.ts';
import { writeAudit, writeCodeIssued } from './request-audit.ts';
import { currentRequest } from './request-context.ts';

type Details = Record<string, string | number | boolean | null>;

/** Writes what the library reports into the audit, in the transaction of the request: no audit, no answer. */
export function auditEvents(provider: Provider, gate: Gate): void {
  const record = (type: AuditEventType, details: Details) => {
    const request = currentRequest();
    request.deferred.push((tx) => writeAudit(gate, tx, request, { type, details }));
  };

  provider.on('authorization.success', ({ oidc }) => {
    const granted = oidc.authorizationCode;
    const { clientId } = oidc.client ?? {};
    if (clientId === undefined) return;
    const [acr, amr] = [granted?.acr ?? null, granted?.amr?.join(' ') ?? ''];
    const event = {
      type: 'code-issued' as const,
      details: { clientId, scopes: granted?.scope ?? '', acr, amr },
    };
    const since = oidc.result?.login?.since;
    const sinceMs = typeof since === 'number' ? since : undefined;
    const signIn = { clientId, level: acr === null ? null : (levelOfAcr(acr) ?? null), sinceMs };
    const request = currentRequest();
    request.deferred.push((tx) => writeCodeIssued(gate, tx, request, event, signIn));
  });

  provider.on('grant.success', ({ oidc }) => {
    const isRefresh = oidc.params?.grant_type === 'refresh_token';
    record(isRefresh ? 'tokens-refreshed' : 'tokens-issued', {
      clientId: oidc.client?.clientId ?? null,
      scopes: oidc.accessToken?.scope ?? '',
      offline: oidc.refreshToken !== undefined,
    });
  });

  provider.on('grant.revoked', ({ oidc }) => {
    const reason = oidc.route === 'revocation' ? 'by-relying-party' : 'used-twice';
    record('tokens-revoked', { clientId: oidc.client?.clientId ?? null, reason });
  });

  provider.on('access_token.destroyed', ({ clientId = null }) =>
    record('tokens-revoked', { clientId, reason: 'by-relying-party' }),
  );
}
