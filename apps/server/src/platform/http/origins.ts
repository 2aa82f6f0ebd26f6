/** Addresses under which this node is reached. */
export interface Origins {
  /** The configured base URL without a final slash: every link starts with it. */
  issuer: string;
  /** Whether `localhost`, `127.0.0.1` and `[::1]` do as well, on any port: not in production. */
  acceptLoopback: boolean;
}

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;
const ADDRESS_HOST = /^([\d.]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/** Whether a Host header names this installation. */
export function isOwnHost(host: string | undefined, { issuer, acceptLoopback }: Origins): boolean {
  if (host === undefined) return false;
  const own = new URL(issuer);
  const named = host.toLowerCase().replace(own.protocol === 'https:' ? /:443$/ : /:80$/, '');
  return named === own.host || (acceptLoopback && LOOPBACK_HOST.test(host));
}

/** Whether a Host header is a bare address, as load balancers send it when they ask a node for its health. */
export function isBareAddress(host: string | undefined): boolean {
  return host !== undefined && (ADDRESS_HOST.test(host) || LOOPBACK_HOST.test(host));
}

/** Whether an Origin header is ours: the issuer, or the loopback address the request itself went to. */
export function isOwnOrigin(origin: string, host: string | undefined, origins: Origins): boolean {
  if (origin === new URL(origins.issuer).origin) return true;
  return (
    origins.acceptLoopback && host !== undefined && LOOPBACK_HOST.test(host) && origin === `http://${host}`
  );
}
