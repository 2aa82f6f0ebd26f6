import { EventEmitter, once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
// @ts-expect-error: the package has no types
import smpp from 'smpp';

/** A unit as the other project's server reads and writes it. */
export interface ForeignPdu {
  command: string;
  command_status: number;
  response(fields?: object): ForeignPdu;
  [field: string]: unknown;
}

interface ForeignSession extends EventEmitter {
  send(pdu: ForeignPdu): boolean;
  deliver_sm(fields: object, answered: (pdu: ForeignPdu) => void): boolean;
  enquire_link(answered: (pdu: ForeignPdu) => void): boolean;
  destroy(): void;
}

/** `smpp` of npm: an SMPP 3.4 implementation that shares nothing with ours. It speaks; the tests look. */
const foreign = smpp as {
  createServer(tls: { key?: string; cert?: string }, listener: (session: ForeignSession) => void): Server;
};

/** A provider that lets `test` / `secret` in, and answers what it is told to. */
export interface SmppProvider {
  url: string;
  /** Every `submit_sm`, as the server understood it. */
  submitted: ForeignPdu[];
  binds: ForeignPdu[];
  /** What the next `submit_sm` are answered with; 0 once these are used up. */
  answers: number[];
  /** The connection that is bound now. */
  session(): Promise<ForeignSession>;
  /** Delivers something to us. @returns the status that we answer with */
  deliver(fields: object): Promise<number>;
  close(): Promise<void>;
}

const BIND_FAILED = 0x0d;

type Told = Pick<SmppProvider, 'submitted' | 'binds' | 'answers'>;

/** Answers what comes over one connection. */
function answerTo(session: ForeignSession, told: Told, names: () => string, bound: () => void): void {
  const agree = (pdu: ForeignPdu) => session.send(pdu.response());
  session.on('error', () => undefined);
  session.on('unbind', agree);
  session.on('enquire_link', agree);
  session.on('bind_transceiver', (pdu: ForeignPdu) => {
    told.binds.push(pdu);
    const isKnown = pdu.system_id === 'test' && pdu.password === 'secret';
    session.send(pdu.response({ command_status: isKnown ? 0 : BIND_FAILED }));
    if (isKnown) bound();
  });
  session.on('submit_sm', (pdu: ForeignPdu) => {
    told.submitted.push(pdu);
    const [command_status = 0, message_id] = [told.answers.shift(), names()];
    session.send(pdu.response({ command_status, ...(command_status === 0 && { message_id }) }));
  });
}

/** @param tls a certificate and its key: it is spoken to over TLS alone */
export async function smppProvider(port = 0, tls?: { key: string; cert: string }): Promise<SmppProvider> {
  const events = new EventEmitter();
  const sessions: ForeignSession[] = [];
  let current: ForeignSession | undefined;
  const told: Told = { submitted: [], binds: [], answers: [] };
  const server = foreign.createServer(tls ?? {}, (session) => {
    sessions.push(session);
    const bound = () => {
      current = session;
      events.emit('bound');
    };
    answerTo(session, told, () => `m${told.submitted.length}`, bound);
    session.on('close', () => {
      if (current === session) current = undefined;
    });
  });
  server.on('tlsClientError', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const session = async () => {
    while (!current) await once(events, 'bound');
    return current;
  };
  return {
    ...told,
    url: `${tls ? 'smpps' : 'smpp'}://test:secret@127.0.0.1:${(server.address() as AddressInfo).port}`,
    session,
    deliver: async (fields) => {
      const bound = await session();
      return new Promise((resolve) => {
        bound.deliver_sm(fields, (pdu) => resolve(pdu.command_status));
      });
    },
    close: async () => {
      for (const one of sessions) one.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
