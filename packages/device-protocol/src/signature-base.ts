/** A covered component: its name and its value. */
export type Component = readonly [name: string, value: string];

/** What a signature of a device covers of a request, as it is on the wire. */
export interface CoveredRequest {
  /** GET, POST, … as sent. */
  method: string;
  /** Host in lower case, and port unless it is the scheme's own (RFC 9421 §2.2.3). */
  authority: string;
  /** Path, as on the request line (§2.2.6). */
  path: string;
  /** `?` and the query, as on the request line; `?` alone when there is none (§2.2.7). */
  query: string;
  /** Content-Digest, where there is a body. */
  contentDigest: string | undefined;
}

/** The values of our signature parameters. */
export interface SignatureValues {
  /** Unix time, in seconds. */
  created: number;
  nonce: string;
  keyId: string;
}

/** The components that a device covers, in this order. */
export function coveredComponents(request: CoveredRequest): Component[] {
  const components: Component[] = [
    ['@method', request.method],
    ['@authority', request.authority],
    ['@path', request.path],
    ['@query', request.query],
  ];
  if (request.contentDigest === undefined) return components;
  return [...components, ['content-digest', request.contentDigest]];
}

/** The inner list of covered components with our parameters, in this order (RFC 9421 §2.3). */
export function signatureParameters(components: Component[], values: SignatureValues): string {
  const names = components.map(([name]) => `"${name}"`).join(' ');
  const { created, nonce, keyId } = values;
  return `(${names});created=${created};nonce="${nonce}";keyid="${keyId}";alg="ecdsa-p256-sha256";tag="sigillo-device"`;
}

/** The text that is signed (RFC 9421 §2.5). */
export function signatureBase(components: Component[], parameters: string): string {
  const lines = [...components, ['@signature-params', parameters]];
  return lines.map(([name, value]) => `"${name}": ${value}`).join('\n');
}
