import * as oidc from 'openid-client';
import { reasonOf } from './reason.ts';

const RETRY_MS = 1_000;
const TIMEOUT_SECONDS = 5;

export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret?: string | undefined;
  log: (line: string) => void;
}

export interface Provider {
  /** Sigillo's endpoints and this portal's credentials; undefined until Sigillo has answered once. */
  configuration(): oidc.Configuration | undefined;
  /** Stops looking. */
  close(): void;
}

/**
 * Reads Sigillo's discovery document (OpenID Connect Discovery §4), and asks again every second until it is
 * there: whichever of the two starts first, the portal is up.
 */
export function findProvider(settings: ProviderSettings): Provider {
  let found: oidc.Configuration | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let lastReason = '';

  const look = async (): Promise<void> => {
    try {
      found = await discover(settings);
    } catch (error) {
      const reason = reasonOf(error);
      if (!closed && reason !== lastReason) settings.log(`waiting for ${settings.issuer}: ${reason}`);
      lastReason = reason;
      if (!closed) retry = setTimeout(look, RETRY_MS);
    }
  };
  void look();

  return {
    configuration: () => found,
    close() {
      closed = true;
      clearTimeout(retry);
    },
  };
}

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
  const server = new URL(issuer);
  const authentication = clientSecret ? oidc.ClientSecretBasic(clientSecret) : oidc.None();
  // The library leaves the signature of an ID token to TLS; asked to, it checks it against Sigillo's keys.
  const execute = [oidc.enableNonRepudiationChecks];
  // Plain http never leaves this machine.
  if (isLoopback(server)) execute.push(oidc.allowInsecureRequests);
  return oidc.discovery(server, clientId, undefined, authentication, { execute, timeout: TIMEOUT_SECONDS });
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
