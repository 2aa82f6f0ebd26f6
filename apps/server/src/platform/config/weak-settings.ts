import { isLoopbackHost } from '../messages/loopback-host.ts';
import type { Config } from './config.ts';

type Weakness = [isThere: (config: Config) => boolean, says: string];

const WEAKNESSES: Weakness[] = [
  [
    ({ profile }) => profile !== 'production',
    'SIGILLO_PROFILE is not production: /dev shows every message and moves the clock',
  ],
  [
    ({ database }) => database.url === undefined,
    'DATABASE_URL is unset: the database of its own serves this one node alone; bring a PostgreSQL for more',
  ],
  [
    ({ database }) => database.url !== undefined && crossesNetworkInClear(database.url),
    'DATABASE_URL reaches another computer without TLS: add sslmode=verify-full',
  ],
  [
    ({ masterKey, previousMasterKey }) => masterKey !== undefined || previousMasterKey !== undefined,
    'SIGILLO_MASTER_KEY stands in the environment, which programs on this computer may read: use SIGILLO_MASTER_KEY_FILE',
  ],
  [
    ({ previousMasterKey, previousMasterKeyFile }) => Boolean(previousMasterKey ?? previousMasterKeyFile),
    'SIGILLO_PREVIOUS_MASTER_KEY is still set: after sigillo keys rewrap it is not needed any more',
  ],
  [
    ({ logLevel }) => logLevel === 'trace' || logLevel === 'debug',
    'SIGILLO_LOG_LEVEL tells more than a busy installation wants to keep: info is enough',
  ],
  [
    ({ issuer, trustedProxies }) => issuer.startsWith('https:') && trustedProxies.length === 0,
    'SIGILLO_TRUSTED_PROXIES is empty: behind a reverse proxy everybody has its address, and shares its limits',
  ],
  [
    ({ trustedProxies }) => trustedProxies.some((entry) => entry.endsWith('/0')),
    'SIGILLO_TRUSTED_PROXIES believes everybody: anyone may claim any address',
  ],
  [
    ({ audit }) => audit.checkpointFile === undefined,
    'SIGILLO_AUDIT_CHECKPOINT_FILE is unset: checkpoints lie beside what they are to prove; publish them elsewhere',
  ],
];

/** What may stand, and would better not: sentences for whoever administers the installation. */
export function weakSettings(config: Config): string[] {
  return WEAKNESSES.filter(([isThere]) => isThere(config)).map(([, says]) => says);
}

/** A socket folder and this computer are no network; `sslmode=prefer` and less are no TLS to rely on. */
function crossesNetworkInClear(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? hostname;
  if (host === '' || host.startsWith('/') || isLoopbackHost(host)) return false;
  return !['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? '');
}
