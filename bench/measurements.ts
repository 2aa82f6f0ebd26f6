import type { Measured } from './installation.ts';
import type { OpenIdConnect } from './openid-connect.ts';
import { signInByPush, signInByQr } from './sign-ins.ts';

/** One kind of operation, and what it is to cost. */
export interface Measurement {
  key: string;
  name: string;
  once(on: Measured): Promise<unknown>;
  /** Whether a password is hashed, which is taken off before the target is looked at. */
  hashes: boolean;
  /** CPU-milliseconds of node and database, besides the hash; left out where there is no target. */
  targetCpuMs?: number;
  /** Of the number of sign-ins that was asked for. */
  share: number;
}

/** docs/performance.md says why the targets are what they are. */
export function measurements(oidc: OpenIdConnect): Measurement[] {
  const quick = { hashes: false, share: 1 };
  const hashed = { hashes: true, share: 0.4 };
  return [
    { key: 'password', name: 'password', once: oidc.signInByPassword, targetCpuMs: 6, ...hashed },
    { key: 'totp', name: 'password + TOTP', once: oidc.signInByTotp, targetCpuMs: 8, ...hashed },
    { key: 'silent', name: 'silent', once: oidc.signInSilently, targetCpuMs: 3, ...quick },
    { key: 'refresh', name: 'refresh', once: oidc.refresh, targetCpuMs: 1.5, ...quick },
    { key: 'discovery', name: 'discovery', once: oidc.readDiscovery, ...quick },
    { key: 'qr', name: 'QR sign-in', once: signInByQr, targetCpuMs: 6, ...quick },
    { key: 'push', name: 'push sign-in', once: signInByPush, targetCpuMs: 6, ...hashed },
  ];
}
