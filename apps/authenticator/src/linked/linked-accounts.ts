import type { Bytes, DeviceKeys, SealedApprovalKey } from '@sigillo/device-protocol';
import { changesOf } from '../vault/changes.ts';
import { cleanName } from '../vault/code-account.ts';
import { answerOf, type Sealed, write } from '../vault/database.ts';
import { seal, unseal } from '../vault/sealing-key.ts';
import type { AppStorage } from '../vault/storage.ts';
import type { LinkDraft, LinkProgress } from './link-draft.ts';
import type { KeptSeed, LinkedAccount, LinkedDetails } from './linked-account.ts';

/** The linked accounts of this device. Changes are all-or-nothing, and every open tab hears of them. */
export interface LinkedAccounts {
  /** In the holder's order. */
  list(): Promise<LinkedAccount[]>;
  /** As it is now; undefined when it is gone. */
  find(id: string): Promise<LinkedAccount | undefined>;
  /** Adds one at the end. */
  add(account: Omit<LinkedAccount, 'id' | 'place'>): Promise<LinkedAccount>;
  /** Changes what is given of an account that is still there. */
  update(id: string, change: LinkedChange): Promise<void>;
  /** Puts the list into the order of these ids. */
  reorder(ids: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
  /** The passkey that unlocks instead of the code, by its id; undefined when there is none. */
  passkey(): Promise<Bytes | undefined>;
  keepPasskey(credentialId: Bytes | undefined): Promise<void>;
  /** The set-up that is under way. */
  draft(): Promise<LinkDraft | undefined>;
  keepDraft(draft: LinkDraft | undefined): Promise<void>;
  /** Calls back after every change, in whichever tab it was made. @returns ends it */
  onChange(listener: () => void): () => void;
}

type LinkedChange = Partial<Omit<LinkedAccount, 'id' | 'keys' | 'approvalKey' | 'device' | 'issuer'>>;

const PASSKEY = 'passkey';
const DRAFT = 'link';
const DRAFT_PLACE = 'link|draft';

/** Keys are kept as the objects they are, which no script can read; blobs and seed are sealed in themselves. */
interface LinkedRow {
  id: string;
  place: number;
  keys: DeviceKeys;
  stored: SealedApprovalKey[];
  seed: KeptSeed;
  details: Sealed;
}

interface DraftRow {
  keys: DeviceKeys;
  progress: Sealed;
}

/** The linked accounts in the storage of this device. */
export function openLinkedAccounts(storage: AppStorage): LinkedAccounts {
  const { database } = storage;
  const { change, inTurn, listen } = changesOf('sigillo-linked');
  const list = () => listAccounts(storage);
  const put = async (accounts: readonly LinkedAccount[]) => {
    const rows = await Promise.all(accounts.map((account) => rowOf(storage, account)));
    await write(database, 'linked', (store) => {
      for (const row of rows) store.put(row);
    });
  };
  return {
    list,
    find: async (id) => (await list()).find((account) => account.id === id),
    add: (fresh) =>
      change(async () => {
        const place = ((await list()).at(-1)?.place ?? -1) + 1;
        const account = { ...fresh, name: cleanName(fresh.name), id: crypto.randomUUID(), place };
        await put([account]);
        return account;
      }),
    update: (id, edit) =>
      change(async () => {
        const account = (await list()).find((candidate) => candidate.id === id);
        if (account) await put([{ ...account, ...edit }]);
      }),
    reorder: (ids) =>
      change(async () => {
        const place = ({ id }: LinkedAccount) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
        const ordered = (await list()).sort((a, b) => place(a) - place(b));
        await put(ordered.map((account, index) => ({ ...account, place: index })));
      }),
    remove: (id) => change(() => write(database, 'linked', (store) => store.delete(id))),
    passkey: () => answerOf(database.transaction('keys').objectStore('keys').get(PASSKEY)),
    keepPasskey: (credentialId) =>
      change(() =>
        write(database, 'keys', (store) =>
          credentialId ? store.put(credentialId, PASSKEY) : store.delete(PASSKEY),
        ),
      ),
    draft: () => readDraft(storage),
    keepDraft: (draft) => inTurn(() => keepDraft(storage, draft)),
    onChange: listen,
  };
}

async function listAccounts({ database, key }: AppStorage): Promise<LinkedAccount[]> {
  const rows: LinkedRow[] = await answerOf(database.transaction('linked').objectStore('linked').getAll());
  const accounts = rows.map(async ({ details, ...row }) => {
    const read = await unsealJson<LinkedDetails>(key, `${row.id}|linked`, details);
    return { ...row, ...read };
  });
  return (await Promise.all(accounts)).sort((a, b) => a.place - b.place);
}

async function rowOf({ key }: AppStorage, account: LinkedAccount): Promise<LinkedRow> {
  const { id, place, keys, stored, seed, ...details } = account;
  return { id, place, keys, stored, seed, details: await sealJson(key, `${id}|linked`, details) };
}

async function readDraft({ database, key }: AppStorage): Promise<LinkDraft | undefined> {
  const drafts = database.transaction('drafts').objectStore('drafts');
  const row: DraftRow | undefined = await answerOf(drafts.get(DRAFT));
  return row && { keys: row.keys, ...(await unsealJson<LinkProgress>(key, DRAFT_PLACE, row.progress)) };
}

async function keepDraft({ database, key }: AppStorage, draft: LinkDraft | undefined): Promise<void> {
  if (!draft) return write(database, 'drafts', (store) => store.delete(DRAFT));
  const { keys, ...progress } = draft;
  const row: DraftRow = { keys, progress: await sealJson(key, DRAFT_PLACE, progress) };
  return write(database, 'drafts', (store) => store.put(row, DRAFT));
}

const sealJson = (key: CryptoKey, place: string, value: object): Promise<Sealed> =>
  seal(key, place, new TextEncoder().encode(JSON.stringify(value)));

const unsealJson = async <T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> =>
  JSON.parse(new TextDecoder().decode(await unseal(key, place, sealed)));
