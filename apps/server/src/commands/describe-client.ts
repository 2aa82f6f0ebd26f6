import type { ListedRelyingParty } from '../protocols/oidc/relying-party-ports.ts';

/** A relying party in one line, with whatever is weaker or stronger than usual. */
export function describeInLine(one: ListedRelyingParty): string {
  const marks = [
    one.rules.highSecurity && 'high security',
    ...one.rules.compatibility.map((name) => `COMPATIBILITY: ${name}`),
    !one.isEnabled && 'disabled',
  ].filter(Boolean);
  const marked = marks.length > 0 ? ` (${marks.join(', ')})` : '';
  return `${one.clientId}  ${one.name.en}  ${one.tokenEndpointAuthMethod}  from ${one.source}${marked}`;
}

/** All that is registered of a relying party, but for secrets, a line each. */
export function describeClient(one: ListedRelyingParty): string[] {
  const { rules } = one;
  const lines: [what: string, values: readonly (string | undefined)[]][] = [
    ['name', [one.name.en, one.name.it]],
    ['registered by', [one.source]],
    ['state', [one.isEnabled ? 'enabled' : 'disabled']],
    ['redirect URIs', one.redirectUris],
    ['scopes', one.scopes],
    ['authentication', [one.tokenEndpointAuthMethod, one.signingAlg]],
    ['keys', [one.jwksUri ?? (one.signingAlg && 'registered')]],
    ['tokens bound to a key', [one.isBound ? 'always (DPoP)' : 'where a proof is sent']],
    ['high security', [rules.highSecurity ? 'on (FAPI 2.0)' : 'off']],
    ['compatibility', rules.compatibility.length > 0 ? rules.compatibility : ['none']],
    ['tokens for', rules.resources.map((api) => `${api.identifier} (${api.accessTokenFormat})`)],
    ['is the API', rules.introspects],
  ];
  const described = lines.map(([what, values]) => [what, values.filter(Boolean).join(', ')] as const);
  return described.filter(([, text]) => text !== '').map(([what, text]) => `${what.padEnd(24)}${text}`);
}
