import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ImportPeopleOptions,
  importPeople,
} from '../../apps/server/src/flows/operator/import/import.command.ts';
import type { ImportProgress } from '../../apps/server/src/flows/operator/import/import-people.service.ts';
import { signInWithPassword } from '../../apps/server/src/flows/sign-in/sign-in/sign-in.service.ts';
import { admitSession } from '../../apps/server/src/gate/admit.ts';
import type { Scene } from '../../apps/server/src/gate/model.ts';
import { browser, type TestGate, testGate } from './gate.ts';

/** Imports into a real installation, and signs in to it as the pages do. */
export interface TestImport extends TestGate {
  folder: string;
  /** The hash of `PASSPHRASE`. */
  readyHash: string;
  fileOf(content: string | object[]): Promise<string>;
  run(file: string, more?: Partial<ImportPeopleOptions>): Promise<ImportProgress>;
  importOf(content: string | object[]): Promise<ImportProgress>;
  rejectsOf(file: string): Promise<Record<string, unknown>[]>;
  countAccounts(): Promise<number>;
  givePassword(identifier: string, password: string, me?: ReturnType<typeof browser>): Promise<Scene>;
  /** The id of the account that the password alone opens. */
  signsIn(identifier: string, password: string): Promise<string>;
}

export const PASSPHRASE = 'correct horse battery staple';

let people = 0;

/** A person nobody else is, with these fields besides. */
export const somebody = <More extends object>(more?: More) => ({
  email: `somebody-${++people}@example.org`,
  ...(more as More),
});

const nobodyWaits = {
  find: async () => undefined,
  homeOf: async () => null,
  finishSignIn: async () => '/',
  finishConsent: async () => '/',
};

/** The password, as the sign-in page sends it. */
export const givePassword = (
  { gate, stores }: Pick<TestGate, 'gate' | 'stores'>,
  identifier: string,
  password: string,
  me = browser(),
): Promise<Scene> =>
  signInWithPassword(
    {
      gate,
      identifiers: stores.identifiers,
      interactions: nobodyWaits,
      settings: { appOrigin: undefined },
    },
    { uid: undefined, identifier, password },
    me,
  );

export async function testImport(): Promise<TestImport> {
  const gate = await testGate();
  const folder = await mkdtemp(join(tmpdir(), 'sigillo-import-'));
  const settings = { allowedPhoneCountries: ['IT'], serviceName: 'Sigillo', identityProvider: 'SIGL' };
  let files = 0;
  const t: TestImport = {
    ...gate,
    folder,
    readyHash: await gate.hasher.hash(PASSPHRASE),
    async fileOf(content) {
      const file = join(folder, `people-${++files}.json`);
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    run: (file, more = {}) =>
      importPeople({ ...gate.platform, hasher: gate.hasher, settings }, { file, ...more }),
    importOf: async (content) => t.run(await t.fileOf(content)),
    async rejectsOf(file) {
      const text = await readFile(`${file}.rejects.jsonl`, 'utf8');
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    },
    async countAccounts() {
      const count = gate.platform.db.selectFrom('account').select((eb) => eb.fn.countAll<number>().as('n'));
      return (await count.executeTakeFirstOrThrow()).n;
    },
    givePassword: (identifier, password, me) => givePassword(gate, identifier, password, me),
    async signsIn(identifier, password) {
      const me = browser();
      const scene = await t.givePassword(identifier, password, me);
      return (await admitSession(gate.gate, scene, me)).session.accountId;
    },
    async [Symbol.asyncDispose]() {
      await gate[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
  return t;
}
