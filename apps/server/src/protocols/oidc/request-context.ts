import { AsyncLocalStorage } from 'node:async_hooks';
import type { Presenter, Prover, Session } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { type Db, type OpenTransaction, openTransaction, type Tx } from '../../platform/database/database.ts';
import type { Language } from '../../platform/messages/templates/translate.ts';
import type { Consent, ConsentStore, Origin } from './ports.ts';

/**
 * One request to the library, from before it is handed over until its answer is written. The library calls its
 * adapter without saying for which request, so this travels beside it.
 */
export interface OidcRequest {
  id: string;
  /** Whose browser it is; a program has no secret. */
  presenter: Pick<Presenter, 'bindingHash' | 'client'>;
  /** The gate's live session of this browser; never set where no cookie is read. */
  session: Session | undefined;
  /** What cookies and headers ask for; `ui_locales` goes before it. */
  language: Language;
  /** Where the code or token that was presented comes from. */
  origin: Origin | undefined;
  /** The consent that grants made in this request rest on. */
  consent: Consent | undefined;
  /** The client that a code was issued to: the session is remembered as signed in there. */
  codeIssuedTo: string | undefined;
  transaction: RequestTransaction;
  /** Sessions that the transaction holds. */
  held: Set<string>;
  /** Consents that were looked up, by account and client; nothing in a request of the library changes them. */
  consents: Map<string, Promise<Consent | undefined>>;
  /** Accounts that were loaded. */
  provers: Map<string, Promise<Prover | undefined>>;
  /** Something broke that is not the client's fault: nothing of this request may be kept. */
  failure: unknown;
  /** What else has to be written before the answer goes out. */
  deferred: ((tx: Tx) => Promise<void>)[];
}

/** The one transaction of a request, begun when it is first needed. */
export interface RequestTransaction {
  begin(): Promise<Tx>;
  /** For reading alone: the transaction if it has begun, else no transaction. */
  reader(): Promise<Db | Tx>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

const requests = new AsyncLocalStorage<OidcRequest>();

/** Runs `work`, and all that it starts, for one request. */
export function forRequest<T>(request: OidcRequest, work: () => T): T {
  return requests.run(request, work);
}

/** @throws Error outside a request: the library must not be used there, since nothing would be committed */
export function currentRequest(): OidcRequest {
  const request = requests.getStore();
  if (!request) throw new Error('The OpenID Connect library was used outside a request');
  return request;
}

/** A request to the library, of which nothing has been read or written. */
export const newRequest = (
  db: Db,
  caller: Pick<OidcRequest, 'id' | 'presenter' | 'session' | 'language'>,
): OidcRequest => ({
  ...caller,
  origin: undefined,
  consent: undefined,
  codeIssuedTo: undefined,
  transaction: requestTransaction(db),
  held: new Set(),
  consents: new Map(),
  provers: new Map(),
  failure: undefined,
  deferred: [],
});

/** A transaction that costs nothing unless something is read or written. */
function requestTransaction(db: Db): RequestTransaction {
  let begun: Promise<OpenTransaction> | undefined;
  return {
    begin: async () => {
      begun ??= openTransaction(db);
      return (await begun).tx;
    },
    reader: async () => (await begun)?.tx ?? db,
    commit: async () => (await begun)?.commit(),
    rollback: async () => (await begun)?.rollback(),
  };
}

/** A holder's consent, looked up once in a request. */
export function consentIn(
  { consents }: OidcRequest,
  store: ConsentStore,
  tx: Tx,
  accountId: string,
  clientId: string,
): Promise<Consent | undefined> {
  const key = `${accountId} ${clientId}`;
  const found = consents.get(key) ?? store.find(tx, accountId, clientId);
  consents.set(key, found);
  return found;
}

/** An account with all that belongs to it, loaded once in a request. */
export async function proverIn({ provers, transaction }: OidcRequest, gate: Gate, accountId: string) {
  const tx = await transaction.begin();
  const found = provers.get(accountId) ?? gate.accounts.load(tx, accountId);
  provers.set(accountId, found);
  return found;
}

/** Lets the library read what it keeps, where no request is answered; nothing is written. */
export async function outsideRequests<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const nobody = { address: '', network: '', userAgent: '' };
  const presenter = { bindingHash: Buffer.alloc(0), client: nobody };
  const request = newRequest(db, { id: 'none', presenter, session: undefined, language: 'en' });
  try {
    return await forRequest(request, work);
  } finally {
    await request.transaction.rollback();
  }
}
