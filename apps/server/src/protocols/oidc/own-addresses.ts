import type Provider from 'oidc-provider';

/**
 * The library takes its own address from each request. Ours is configured, and no header of a stranger's has a
 * say in it; requests count as secure as that address is, also where a proxy or a loopback ends the encryption.
 */
export function fixAddress(provider: Provider, issuer: string): void {
  const { origin, host, hostname, protocol } = new URL(issuer);
  const fixed = { origin, host, hostname, protocol: protocol.slice(0, -1), secure: true };
  for (const [name, value] of Object.entries(fixed)) Object.defineProperty(provider.request, name, { value });
  Object.defineProperty(provider.request, 'href', {
    get(this: { originalUrl: string }) {
      return origin + this.originalUrl;
    },
  });
}
