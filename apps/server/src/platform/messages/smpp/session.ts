import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SECOND_MS } from '../../clock/clock.ts';
import { COMMANDS, cString, decodePdus, encodePdu, isResponse, type Pdu, responseTo, STATUS } from './pdu.ts';

export interface SmppAddress {
  host: string;
  port: number;
  isTls: boolean;
  systemId: string;
  password: string;
}

/** One bound connection to a provider. */
export interface SmppSession {
  /** Sends a request and resolves with its response. @throws Error when the connection ends before, or nothing comes */
  request(command: number, body: Buffer): Promise<Pdu>;
  /** Tells the provider that nothing more is sent, and ends the connection. */
  unbind(): Promise<void>;
  /** Resolves when the connection is over, whatever ended it. */
  ended: Promise<void>;
}

export interface SessionPorts {
  /** What the provider delivers; it is told again later when this throws. */
  delivered(body: Buffer): Promise<void>;
}

const CONNECT_MS = 5 * SECOND_MS;
const RESPONSE_MS = 5 * SECOND_MS;
/** How often a silent connection is asked whether it is alive (SMPP 3.4 §4.11). */
const ENQUIRE_MS = 30 * SECOND_MS;
const INTERFACE_VERSION = 0x34;

interface Waiting {
  resolve(pdu: Pdu): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

interface Connection {
  socket: Socket;
  waiting: Map<number, Waiting>;
  sequence: number;
}

/**
 * Connects and binds as a transceiver (SMPP 3.4 §4.1.5).
 *
 * @throws Error when the provider is not there, or does not let us in
 */
export async function openSession(address: SmppAddress, ports: SessionPorts): Promise<SmppSession> {
  const socket = await openSocket(address);
  const connection: Connection = { socket, waiting: new Map(), sequence: 0 };
  const ended = new Promise<void>((resolve) => {
    socket.once('close', () => {
      abandonAll(connection);
      resolve();
    });
  });
  receive(connection, ports);
  const { status } = await request(connection, COMMANDS.bindTransceiver, bindBody(address)).catch((error) => {
    socket.destroy();
    throw error;
  });
  if (status !== STATUS.ok) {
    socket.destroy();
    throw new Error(`bind refused ${statusName(status)}`);
  }
  const heart = setInterval(() => {
    request(connection, COMMANDS.enquireLink, Buffer.alloc(0)).catch(() => socket.destroy());
  }, ENQUIRE_MS);
  heart.unref();
  ended.finally(() => clearInterval(heart));
  return {
    request: (command, body) => request(connection, command, body),
    unbind: async () => {
      await request(connection, COMMANDS.unbind, Buffer.alloc(0)).catch(() => undefined);
      socket.destroy();
      await ended;
    },
    ended,
  };
}

/** The status as the standard writes it: eight hexadecimal digits. */
export const statusName = (status: number): string => `0x${status.toString(16).padStart(8, '0')}`;

function openSocket({ host, port, isTls }: SmppAddress): Promise<Socket> {
  const socket = isTls
    ? connectTls({ host, port, minVersion: 'TLSv1.2', ...(!isIP(host) && { servername: host }) })
    : connect({ host, port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, ENQUIRE_MS);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error('ETIMEDOUT')), CONNECT_MS);
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('close', () => {
      clearTimeout(timer);
      reject(new Error('closed'));
    });
    // Kept for the whole life of the connection: what ends it is told by `close`.
    socket.on('error', reject);
  });
}

/** §4.1.5: who we are; no addresses of our own are wanted. */
const bindBody = ({ systemId, password }: SmppAddress): Buffer =>
  Buffer.concat([
    cString(systemId),
    cString(password),
    cString(''),
    Buffer.from([INTERFACE_VERSION, 0, 0]),
    cString(''),
  ]);

function request(connection: Connection, command: number, body: Buffer): Promise<Pdu> {
  const { socket, waiting } = connection;
  connection.sequence = (connection.sequence % 0x7fffffff) + 1;
  const { sequence } = connection;
  return new Promise((resolve, reject) => {
    if (!socket.writable) return reject(new Error('closed'));
    const timer = setTimeout(
      () => settle(connection, sequence)?.reject(new Error('no response')),
      RESPONSE_MS,
    );
    waiting.set(sequence, { resolve, reject, timer });
    socket.write(encodePdu({ command, status: STATUS.ok, sequence, body }));
  });
}

/** Whoever waits for that response, who does not wait any more. */
function settle({ waiting }: Connection, sequence: number): Waiting | undefined {
  const found = waiting.get(sequence);
  if (found) clearTimeout(found.timer);
  waiting.delete(sequence);
  return found;
}

function abandonAll(connection: Connection): void {
  for (const sequence of [...connection.waiting.keys()])
    settle(connection, sequence)?.reject(new Error('closed'));
}

function receive(connection: Connection, ports: SessionPorts): void {
  const { socket } = connection;
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    try {
      const { pdus, rest } = decodePdus(Buffer.concat([received, chunk]));
      received = rest;
      for (const pdu of pdus) handle(connection, pdu, ports);
    } catch {
      socket.destroy();
    }
  });
}

function handle(connection: Connection, pdu: Pdu, ports: SessionPorts): void {
  const { socket } = connection;
  const { command, sequence } = pdu;
  const respond = (status: number, body: Buffer = Buffer.alloc(0)) => {
    if (socket.writable) socket.write(encodePdu({ command: responseTo(command), status, sequence, body }));
  };
  if (isResponse(command)) settle(connection, sequence)?.resolve(pdu);
  else if (command === COMMANDS.enquireLink) respond(STATUS.ok);
  else if (command === COMMANDS.deliverSm)
    ports.delivered(pdu.body).then(
      () => respond(STATUS.ok, cString('')),
      () => respond(STATUS.tryAgain, cString('')),
    );
  else if (command === COMMANDS.unbind) {
    respond(STATUS.ok);
    socket.end();
  } else {
    // Nothing that a provider has to say to who only sends (§4.3).
    const nack = { command: COMMANDS.genericNack, status: 0x03, sequence, body: Buffer.alloc(0) };
    socket.write(encodePdu(nack));
  }
}
