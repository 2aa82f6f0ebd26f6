import type { RelyingPartyStore } from '../protocols/oidc/relying-party-ports.ts';

/** For how long a node goes on with a registration that was changed elsewhere. */
const REMEMBERED_MS = 1000;
const CAPACITY = 1000;

/**
 * The same relying parties, each looked up once a second at most: several steps of every sign-in need them, and they
 * change by hand. What is changed here is
 * forgotten at once.
 */
export function rememberedRelyingParties(store: RelyingPartyStore): RelyingPartyStore {
  const parties = remembered<Awaited<ReturnType<RelyingPartyStore['findIn']>>>();
  const clients = remembered<Awaited<ReturnType<RelyingPartyStore['findClient']>>>();
  const forget = () => {
    parties.forget();
    clients.forget();
  };
  return {
    ...store,
    find: (clientId) => parties.find(clientId, () => store.find(clientId)),
    findIn: (tx, clientId) => parties.find(clientId, () => store.findIn(tx, clientId)),
    findClient: (tx, clientId) => clients.find(clientId, () => store.findClient(tx, clientId)),
    save: (...given) => store.save(...given).finally(forget),
    disable: (...given) => store.disable(...given).finally(forget),
    disableOthers: (...given) => store.disableOthers(...given).finally(forget),
  };
}

/** Names that nobody has are not kept: anybody can make up any number of them. */
function remembered<T>() {
  const known = new Map<string, { answer: T; untilMs: number }>();
  return {
    async find(key: string, look: () => Promise<T>): Promise<T> {
      const found = known.get(key);
      if (found && found.untilMs > performance.now()) return found.answer;
      const answer = await look();
      if (known.size >= CAPACITY) known.clear();
      if (answer === undefined) known.delete(key);
      else known.set(key, { answer, untilMs: performance.now() + REMEMBERED_MS });
      return answer;
    },
    forget: () => known.clear(),
  };
}
