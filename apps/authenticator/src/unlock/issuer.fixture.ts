import {
  base64urlDecode,
  base64urlEncode,
  camouflageSeed,
  confirmUnlock,
  NEW_RATCHET,
  newApprovalKey,
  newDeviceKeys,
  newShareKey,
  nonceTimeMs,
  serverShare,
  tryUnlock,
  verifyMessage,
} from '@sigillo/device-protocol';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';
import type { OpenApproval } from './unlock-account.ts';

const ISSUER = 'https://id.example.org';
export const SEED = new Uint8Array(20).fill(7);

/** Linked accounts in memory. */
export function accountsInMemory(): LinkedAccounts & { all: LinkedAccount[] } {
  const all: LinkedAccount[] = [];
  const never = (): never => {
    throw new Error('not asked for here');
  };
  return {
    all,
    list: async () => [...all],
    find: async (id) => all.find((account) => account.id === id),
    add: async (fresh) => {
      const account = { ...fresh, id: `account ${all.length}`, place: all.length };
      all.push(account);
      return account;
    },
    update: async (id, change) => {
      const at = all.findIndex((account) => account.id === id);
      const known = all[at];
      if (known) all[at] = { ...known, ...change };
    },
    reorder: never,
    remove: never,
    passkey: async () => undefined,
    keepPasskey: never,
    draft: never,
    keepDraft: never,
    onChange: () => () => undefined,
  };
}

/** An account that is linked, and not under any code yet. */
export async function freshAccount(
  store: LinkedAccounts,
  device: string,
): Promise<{ account: LinkedAccount; approval: OpenApproval }> {
  const keys = await newDeviceKeys();
  const { publicKey, ...approval } = await newApprovalKey(keys);
  const account = await store.add({
    issuer: ISSUER,
    device,
    account: { id: 'a', userId: 'U1', email: 'anna@example.org', service: 'Sigillo' },
    name: device,
    approvalKey: publicKey,
    keys,
    stored: [],
    seed: { by: 'code', bytes: await camouflageSeed(keys, '000000', SEED) },
    state: 'setting-up',
    linkedAtMs: 0,
    wrongTries: 0,
    hasOldCode: false,
  });
  return { account, approval };
}

/** The other end: counts, shares and moves on as docs/device-protocol.md says, and can be unplugged. */
export function issuerOf(store: { all: LinkedAccount[] }) {
  const devices = new Map<string, { ratchet: typeof NEW_RATCHET; shares: Uint8Array<ArrayBuffer>[] }>();
  const issuer = {
    /** Paths that nobody answers, and for which device. */
    unplugged: (_path: string, _device: string): boolean => false,
    /** How far its clock is ahead. */
    aheadMs: 0,
    ratchetOf: (device: string) => devices.get(device)?.ratchet,
  };
  const answer = (status: number, body?: object) => {
    const headers = { date: new Date(Date.now() + issuer.aheadMs).toUTCString() };
    return new Response(body && JSON.stringify(body), { status: body ? status : 204, headers });
  };
  const problem = (status: number, slug: string, more: object = {}) =>
    answer(status, { type: `${ISSUER}/problems/${slug}`, ...more });

  const fetch = async (url: string, init: RequestInit & { headers: Record<string, string> }) => {
    const path = new URL(url).pathname;
    const [, nonce = ''] = /nonce="([^"]+)"/.exec(init.headers['signature-input'] ?? '') ?? [];
    const [, id = ''] = /keyid="([^"]+)"/.exec(init.headers['signature-input'] ?? '') ?? [];
    if (issuer.unplugged(path, id)) throw new TypeError('network');
    const nowMs = Date.now() + issuer.aheadMs;
    if (Math.abs((nonceTimeMs(nonce) ?? 0) - nowMs) > 120_000)
      return problem(401, 'request-not-signed', { serverTime: new Date(nowMs).toISOString() });
    const account = store.all.find(({ device }) => device === id);
    const device = devices.get(id) ?? { ratchet: NEW_RATCHET, shares: [newShareKey(), newShareKey()] };
    devices.set(id, device);
    if (!account) return problem(410, 'device-gone');
    const { message: jws } = JSON.parse(new TextDecoder().decode(init.body as Uint8Array));
    const expected = { issuer: ISSUER, device: id, nonce };
    if (path === '/device/unlock') {
      const read = await verifyMessage('sigillo-unlock', jws, account.keys.devicePublicKey, expected);
      if (!read.verified) return problem(401, 'request-not-signed');
      const tried = tryUnlock(device.ratchet, read.message.generation);
      if (tried.outcome === 'clone') return problem(409, 'device-frozen');
      if (tried.outcome !== 'granted') return problem(410, 'device-gone');
      device.ratchet = tried.ratchet;
      const x = base64urlDecode(read.message.x) ?? new Uint8Array();
      const [share = '', nextShare = ''] = await Promise.all(
        device.shares.map(async (key) => base64urlEncode(await serverShare(key, x))),
      );
      return answer(200, { generation: device.ratchet.generation, share, nextShare });
    }
    const read = await verifyMessage('sigillo-unlock-confirmation', jws, account.approvalKey, expected);
    if (!read.verified) return problem(401, 'request-not-signed');
    const next = confirmUnlock(device.ratchet, read.message.generation);
    if (next) devices.set(id, { ratchet: next, shares: [...device.shares.slice(1), newShareKey()] });
    return answer(204);
  };
  return Object.assign(issuer, { fetch });
}
