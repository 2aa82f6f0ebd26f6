import type { Holder } from './holders.ts';
import type { Look } from './looks.ts';
import type { Stage } from './stage.ts';
import { openPage, type Visitor } from './visitor.ts';

interface Ceremony {
  id: string;
  state: 'open' | 'satisfied';
  options: { slot: string; method: string; target: string | null }[];
  challenge: { id: string; state: string; number: string | null } | null;
}

interface Ticket {
  id: string;
  state: string;
  text: string | null;
  code: string | null;
  needsCheck: boolean;
}

/** A browser on whose pages somebody signs in, by the requests that those pages make. */
export interface Computer extends Visitor {
  /** Gives the password and has the app asked. @returns the ceremony, and the number on the page */
  askApp(holder: Holder): Promise<{ ceremony: string; number: string }>;
  /** Has the app asked for a ceremony that is open. @returns the number on the page */
  pushTo(ceremony: string): Promise<string>;
  /** What the page would show of it. */
  lookAt(ceremony: string): Promise<Ceremony>;
  /** Turns it into a session. */
  finish(ceremony: string): Promise<void>;
  showQr(): Promise<Ticket>;
  typeInstead(ticket: string): Promise<string>;
  lookAtQr(ticket: string): Promise<Ticket>;
  /** @returns the ceremony */
  redeem(ticket: string, check?: string): Promise<string>;
  /** A request to the API. @returns status and body */
  call<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>;
}

/** @param look of the person who sits there */
export async function openComputer(stage: Stage, { language }: Pick<Look, 'language'>): Promise<Computer> {
  const visitor = await openPage(stage, { language, width: 1440 });
  await visitor.go(`${stage.product.issuer}/signed-out`);
  const { page } = visitor;
  const call: Computer['call'] = (method, path, body) =>
    page.evaluate(
      async ([verb, address, content]) => {
        const headers = { 'content-type': 'application/json' };
        const init = content === undefined ? { method: verb } : { method: verb, headers, body: content };
        const response = await fetch(`/api${address}`, init);
        const text = await response.text();
        return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
      },
      [method, path, body && JSON.stringify(body)] as const,
    );
  const good = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${JSON.stringify(answer)}`);
    return answer.body;
  };
  const lookAt = async (id: string) =>
    (await good<{ ceremony: Ceremony }>('GET', `/ceremonies/${id}`)).ceremony;
  const pushTo = async (id: string): Promise<string> => {
    const option = (await lookAt(id)).options.find(({ method }) => method === 'app-push');
    if (!option) throw new Error('the app cannot be asked');
    const { slot, method, target } = option;
    const path = `/ceremonies/${id}/challenges`;
    type Answer = { challenge: NonNullable<Ceremony['challenge']> };
    return (await good<Answer>('POST', path, { slot, method, target })).challenge.number ?? '';
  };
  const ticket = async (method: string, path: string, body?: object) =>
    (await good<{ ticket: Ticket }>(method, `/qr-tickets${path}`, body)).ticket;
  return {
    ...visitor,
    call,
    lookAt,
    pushTo,
    askApp: async ({ email: identifier, password }) => {
      const signIn = await good<{ ceremony: Ceremony }>('POST', '/sign-in/password', {
        identifier,
        password,
      });
      const ceremony = signIn.ceremony.id;
      return { ceremony, number: await pushTo(ceremony) };
    },
    finish: async (ceremony) => void (await good('POST', '/sign-in/finish', { ceremony })),
    showQr: () => ticket('POST', '', {}),
    typeInstead: async (id) => (await ticket('POST', `/${id}/typed-code`)).code ?? '',
    lookAtQr: (id) => ticket('GET', `/${id}`),
    redeem: async (id, check) => {
      const body = check === undefined ? {} : { check };
      const path = `/qr-tickets/${id}/redeem`;
      return (await good<{ ceremony: Ceremony }>('POST', path, body)).ceremony.id;
    },
  };
}
