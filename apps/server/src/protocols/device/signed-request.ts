import { thumbprint, type VerifiedRequest, verifyRequest } from '@sigillo/device-protocol';
import type { FastifyRequest } from 'fastify';
import type { Device, DeviceStore } from '../../gate/devices.ts';
import type { Presenter } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { sha256 } from '../../gate/sessions.ts';
import { clientInfoOf } from '../../platform/http/client-info.ts';
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
 * @throws requestNotSigned, deviceGone, deviceFrozen
 */
export async function signedBy(ports: SignedRequestPorts, request: FastifyRequest): Promise<SignedBy> {
  const { gate, devices } = ports;
  let device: Device | undefined;
  const verified = await verify(ports, request, async (keyId) => {
    const ref = readDeviceId(keyId);
    device = ref && (await gate.transaction((tx) => devices.find(tx, ref)));
    return device?.deviceKey;
  });
  if (!verified || !device) throw notSigned(gate);
  const known = device;
  const isFirst = await gate.transaction((tx) => devices.burnNonce(tx, known, verified.nonce));
  if (!isFirst) throw notSigned(gate);
  if (known.state === 'removed') throw deviceGone();
  if (known.state === 'frozen') throw deviceFrozen();
  return { device: known, presenter: await presenterOf(known, request), nonce: verified.nonce };
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
async function presenterOf(device: Device, request: FastifyRequest): Promise<Presenter> {
  return {
    kind: 'device',
    bindingHash: sha256(Buffer.from(await thumbprint(device.deviceKey))),
    client: clientInfoOf(request),
    recognisedHash: null,
  };
}

const notSigned = (gate: Gate) => requestNotSigned({ serverTime: gate.clock.now().toISOString() });
