import { thumbprint, type VerifiedRequest, verifyRequest } from '@sigillo/device-protocol';
import type { FastifyRequest } from 'fastify';
import type { Device, DeviceRef, DeviceStore } from '../../gate/devices.ts';
import { accountSuspended } from '../../gate/gate.problems.ts';
import type { Presenter } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { sha256 } from '../../gate/sessions.ts';
import { clientInfoOf } from '../../platform/http/client-info.ts';
import { uuidFromBytes } from '../../platform/ids.ts';
import { deviceFrozen, deviceGone, requestNotSigned } from './device.problems.ts';
import { readDeviceId } from './device-id.ts';

export interface SignedRequestPorts {
  gate: Gate;
  devices: DeviceStore;
  issuer: string;
}

/** A device that signed a request, and what the gate calls it. */
export interface SignedBy {
  device: Device;
  presenter: Presenter;
  nonce: string;
}

/** How far the clock of a device may be off. */
const WINDOW_SECONDS = 120;

/**
 * The device that signed a request, after its nonce was burnt: whoever repeats the request is refused before
 * anything is done.
 *
 * @throws requestNotSigned, deviceGone, deviceFrozen, accountSuspended
 */
export async function signedBy(ports: SignedRequestPorts, request: FastifyRequest): Promise<SignedBy> {
  const { gate, devices } = ports;
  let device: Device | undefined;
  const verified = await verify(ports, request, async (keyId) => {
    const ref = readDeviceId(keyId);
    device = ref && (await gate.single((tx) => devices.find(tx, ref)));
    return device?.deviceKey;
  });
  if (!verified || !device) throw notSigned(gate);
  const known = device;
  const isFirst = await gate.single((tx) => devices.burnNonce(tx, known, verified.nonce));
  if (!isFirst) throw notSigned(gate);
  if (known.state === 'removed' || known.state === 'locked') throw deviceGone();
  if (known.state === 'frozen') throw deviceFrozen();
  const holder = await gate.single((tx) => gate.accounts.findHolder(tx, known.accountId));
  if (holder?.status === 'suspended') throw accountSuspended();
  return { device: known, presenter: await presenterOf(known, request), nonce: verified.nonce };
}

/** Requests of apps that are not linked yet, from one network: each costs a signature check and a row. */
const UNLINKED = { count: 60, perSeconds: 60 } as const;

/**
 * The app that signed a request with the key that the body names, before it is linked; the nonce is burnt under
 * that key.
 *
 * @throws requestNotSigned, tooManyTries
 */
export async function signedByKey(
  ports: SignedRequestPorts,
  request: FastifyRequest,
  deviceKey: Device['deviceKey'],
): Promise<Presenter> {
  const { gate, devices } = ports;
  const keyId = await thumbprint(deviceKey);
  const presenter = await presenterOf({ deviceKey }, request);
  gate.limits.take(`unlinked-from:${presenter.client.network}`, UNLINKED);
  const verified = await verify(ports, request, async (named) => (named === keyId ? deviceKey : undefined));
  if (!verified) throw notSigned(gate);
  const isFirst = await gate.single((tx) => devices.burnNonce(tx, keyRef(keyId), verified.nonce));
  if (!isFirst) throw notSigned(gate);
  return presenter;
}

/** Where the nonces of a key are burnt that no device has yet. */
function keyRef(keyId: string): DeviceRef {
  const bytes = Buffer.from(keyId, 'base64url');
  return { accountId: uuidFromBytes(bytes.subarray(0, 16)), id: uuidFromBytes(bytes.subarray(16)) };
}

async function verify(
  { gate, issuer }: SignedRequestPorts,
  request: FastifyRequest,
  findKey: (keyId: string) => Promise<Device['deviceKey'] | undefined>,
): Promise<VerifiedRequest | undefined> {
  const received = {
    method: request.method,
    authority: new URL(issuer).host,
    target: request.raw.url ?? '/',
    headers: request.headers,
    body: new Uint8Array(request.rawBody ?? new Uint8Array()),
  };
  const verifier = { findKey, nowMs: gate.clock.nowMs(), windowSeconds: WINDOW_SECONDS };
  const verified = await verifyRequest(received, verifier);
  return verified.verified ? verified : undefined;
}

/** Bound by its key: whoever has another one presents nothing for it. */
async function presenterOf(device: Pick<Device, 'deviceKey'>, request: FastifyRequest): Promise<Presenter> {
  return {
    kind: 'device',
    bindingHash: sha256(Buffer.from(await thumbprint(device.deviceKey))),
    client: clientInfoOf(request),
    recognisedHash: null,
  };
}

/** Also of a message inside a request that the key which has to sign it did not. */
export const notSigned = (gate: Gate) => requestNotSigned({ serverTime: gate.clock.now().toISOString() });
