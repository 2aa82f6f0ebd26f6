import { newApprovalKey, signMessage, thumbprint } from '@sigillo/device-protocol';
import type { LinkDraft } from '../linked/link-draft.ts';
import type { IssuerAccount } from '../linked/linked-account.ts';
import { signedFetch } from '../linked/signed-fetch.ts';
import type { OpenApproval } from '../unlock/unlock-account.ts';

/** What the holder has to prove before the account is linked; as in the portals. */
export interface LinkCeremony {
  id: string;
  state: 'open' | 'satisfied';
  options: LinkOption[];
  /** The password is over: it is renewed on the pages of the account. */
  renewal: boolean;
  challenge: SentChallenge | null;
}

export interface LinkOption {
  slot: string;
  method: string;
  target: string | null;
  /** A masked number or address. */
  label: string;
  /** A code is sent first. */
  needsSend: boolean;
}

export interface SentChallenge {
  id: string;
  slot: string;
  method: string;
  target: string | null;
  expiresAt: string;
  resendAt: string | null;
}

/** What the issuer answers once it has linked this app. */
interface Linked {
  device: string;
  account: IssuerAccount;
  /** base64url */
  seed: string;
}

type Linking = Pick<LinkDraft, 'issuer' | 'keys'>;

/** Begins with user id or e-mail and password. @throws DeviceProblem `sign-in-refused`, `too-many-tries` */
export async function startLink(draft: Linking, identifier: string, password: string): Promise<LinkCeremony> {
  return (await post<Answer>(draft, '/device/links', { identifier, password })).ceremony;
}

/** As it is now. @throws DeviceProblem `ceremony-gone` */
export async function readLink(draft: Linking, id: string): Promise<LinkCeremony> {
  return (await post<Answer>(draft, pathOf(id))).ceremony;
}

/** Sends a code. @throws DeviceProblem `send-later` */
export async function sendLinkCode(draft: Linking, id: string, option: LinkOption): Promise<SentChallenge> {
  const body = refOf(option);
  return (await post<{ challenge: SentChallenge }>(draft, `${pathOf(id)}/challenges`, body)).challenge;
}

/** Hands in a code. @throws DeviceProblem `code-rejected` */
export async function proveLink(
  draft: Linking,
  id: string,
  option: LinkOption,
  code: string,
  challenge: string | undefined,
): Promise<LinkCeremony> {
  const body = { ...refOf(option), code, ...(challenge !== undefined && { challenge }) };
  return (await post<Answer>(draft, `${pathOf(id)}/proofs`, body)).ceremony;
}

/** Whose account a pairing code is for. @throws DeviceProblem `pairing-gone` */
export async function lookAtPairing(draft: Linking, code: string): Promise<IssuerAccount> {
  return (await post<{ account: IssuerAccount }>(draft, '/device/pairings/look', { code })).account;
}

/** A linked account whose approval key is in memory alone: to be put under the unlock code at once. */
export interface FreshLink extends Linked {
  approvalKey: Awaited<ReturnType<typeof newApprovalKey>>['publicKey'];
  approval: OpenApproval;
}

/**
 * Links: proves by D and by a new A that this app holds both keys (docs/device-protocol.md, `sigillo-pairing`).
 *
 * @param name of this app on the account pages
 * @throws DeviceProblem `ceremony-gone`, `pairing-gone`, `too-many-devices`
 */
export async function finishLink(draft: LinkDraft, name: string): Promise<FreshLink> {
  const { keys, issuer, issuerKey, way } = draft;
  const { publicKey, signingKey, inner } = await newApprovalKey(keys);
  const code = draft.code ?? '';
  const message = { issuer, issuerKey, code, deviceKey: keys.devicePublicKey, approvalKey: publicKey };
  const sign = (key: typeof signingKey, keyId: string) =>
    signMessage('sigillo-pairing', message, { key, keyId });
  const pairing = {
    byDevice: await sign(keys.deviceKey, keys.deviceKeyId),
    byApproval: await sign(signingKey, await thumbprint(publicKey)),
  };
  const path = way === 'pairing' ? '/device/pairings' : `${pathOf(code)}/finish`;
  const linked = await post<Linked>(draft, path, { pairing, name });
  return { ...linked, approvalKey: publicKey, approval: { signingKey, inner } };
}

interface Answer {
  ceremony: LinkCeremony;
}

const pathOf = (id: string): string => `/device/links/${encodeURIComponent(id)}`;

const refOf = ({ slot, method, target }: LinkOption) => ({ slot, method, target });

async function post<T>({ issuer, keys }: Linking, path: string, content: object = {}): Promise<T> {
  const signer = { issuer, keyId: keys.deviceKeyId, keys };
  const body = () => ({ deviceKey: keys.devicePublicKey, ...content });
  return (await signedFetch(signer, { method: 'POST', path, body })).json();
}
