/** What may be chosen when a portal starts; everything has a default that fits the development platform. */
export interface PortalOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port?: number;
  /** Address of Sigillo, exactly as it stands in its discovery document. */
  issuer?: string;
  clientId?: string;
  /** Left out, the portal is a public client and proves itself by PKCE alone. */
  clientSecret?: string | undefined;
  /** Address browsers use to reach this portal, without a slash at the end. */
  baseUrl?: string;
  /** Name on every page, instead of the portal's own in each language. */
  publicName?: string;
  /** Where a line about a failure goes; standard error by default. */
  log?: (line: string) => void;
}

/** Reads `PORT`, `ISSUER`, `CLIENT_ID`, `CLIENT_SECRET`, `BASE_URL` and `PUBLIC_NAME`; empty means not set. */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv): PortalOptions {
  const { PORT, ISSUER, CLIENT_ID, CLIENT_SECRET, BASE_URL, PUBLIC_NAME } = environment;
  return {
    ...(PORT && { port: Number(PORT) }),
    ...(ISSUER && { issuer: ISSUER }),
    // Another client has another secret, or none: the built-in one belongs to the built-in client only.
    ...(CLIENT_ID && { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET || undefined }),
    ...(CLIENT_SECRET && { clientSecret: CLIENT_SECRET }),
    ...(BASE_URL && { baseUrl: BASE_URL.replace(/\/$/, '') }),
    ...(PUBLIC_NAME && { publicName: PUBLIC_NAME }),
  };
}
