import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a push service and the browser behind it make of one request. */
export interface ReceivedPush {
  topic: string | undefined;
  ttl: number;
  urgency: string | undefined;
  /** Decrypted as the browser would (RFC 8291). */
  payload: string;
  /** Claims of the VAPID token, whose signature fits the key it names (RFC 8292). */
  vapid: { aud: string; exp: number; sub: string; key: string };
}

export interface PushService {
  /** `host:port`. */
  host: string;
  received: ReceivedPush[];
  /** The paths that were asked for, whatever came of it. */
  asked: string[];
  /** Answers the next requests with this status instead of 201, or not at all. */
  answerWith(status: number | 'nothing'): void;
  /** A browser subscribes. */
  subscribe(): { endpoint: string; keys: { p256dh: string; auth: string } };
  close(): void;
}

interface Browser {
  ecdh: ECDH;
  auth: Buffer;
}

/** A push service with browsers behind it, written from RFC 8030, 8188, 8291 and 8292 with Node's own functions. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, Browser>();
  const received: ReceivedPush[] = [];
  const asked: string[] = [];
  let status: number | 'nothing' = 201;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    asked.push(request.url ?? '');
    if (status === 'nothing') return;
    const body = await buffer(request);
    const browser = browsers.get(request.url ?? '');
    if (!browser || status === 410) return response.writeHead(410).end();
    if (status === 201) received.push(readPush(request, body, browser));
    return response.writeHead(status, { location: '/message/1' }).end();
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error) => response.writeHead(400).end(String(error)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    received,
    asked,
    answerWith: (next) => {
      status = next;
    },
    subscribe() {
      const path = `/push/${randomBytes(16).toString('base64url')}`;
      const browser = { ecdh: createECDH('prime256v1'), auth: randomBytes(16) };
      const p256dh = browser.ecdh.generateKeys().toString('base64url');
      browsers.set(path, browser);
      return {
        endpoint: `http://${host}${path}`,
        keys: { p256dh, auth: browser.auth.toString('base64url') },
      };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function readPush(request: IncomingMessage, body: Buffer, browser: Browser): ReceivedPush {
  const { headers } = request;
  if (request.method !== 'POST') throw new Error('RFC 8030 §5: a message is sent by POST');
  if (headers['content-encoding'] !== 'aes128gcm') throw new Error('RFC 8291 §4: aes128gcm');
  return {
    topic: headers.topic as string | undefined,
    ttl: Number(headers.ttl),
    urgency: headers.urgency as string | undefined,
    payload: decrypt(body, browser),
    vapid: readVapid(headers.authorization ?? '', `http://${headers.host}`),
  };
}

/** RFC 8188 §2 and RFC 8291 §3: one record, whose key comes from both key pairs and the shared secret. */
function decrypt(body: Buffer, { ecdh, auth }: Browser): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  if (record.length > recordSize) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const material = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
  const derive = (label: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', material, salt, Buffer.from(`Content-Encoding: ${label}\0`), bytes));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0) throw new Error('RFC 8188 §2: the last record ends with 2');
  return padded.subarray(0, end).toString();
}

/** RFC 8292 §2 and §3: `vapid t=<token>, k=<key>`, for this very origin, for a day at most. */
function readVapid(authorization: string, origin: string): ReceivedPush['vapid'] {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=([A-Za-z0-9_-]+)$/.exec(authorization) ?? [];
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('the token is not signed by the key it comes with');
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (aud !== origin) throw new Error('the token is for another push service');
  if (exp > Date.now() / 1000 + 24 * 60 * 60) throw new Error('the token lasts longer than a day');
  return { aud, exp, sub, key };
}
