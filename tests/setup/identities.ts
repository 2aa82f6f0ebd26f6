import { randomBytes } from 'node:crypto';
import type { Provider } from '@sigillo/documents';
import { type Day, daysLater, lastOfYears, romeDayOf, spidCodeOf, withDigits } from '@sigillo/identity';
import { concludeContract } from '../../apps/server/src/identities/documents/activation-contract.ts';
import type { Attributes, Identity } from '../../apps/server/src/identities/identity.ts';
import { moveIdentity } from '../../apps/server/src/identities/move-identity.service.ts';
import { type IdentityStart, newIdentity } from '../../apps/server/src/identities/new-identity.ts';
import { type Clock, fixedClock } from '../../apps/server/src/platform/clock/clock.ts';
import { type Db, inTransaction } from '../../apps/server/src/platform/database/database.ts';
import { uuidv7 } from '../../apps/server/src/platform/ids.ts';
import type { Keyring } from '../../apps/server/src/platform/keyring/keyring.ts';
import { accountStore } from '../../apps/server/src/stores/accounts/account.store.ts';
import { activationContractStore } from '../../apps/server/src/stores/identities/activation-contract.store.ts';
import { identityStore } from '../../apps/server/src/stores/identities/identity.store.ts';

/** Where a test's accounts are: of a `TestGate`, a `PopulatedInstallation` or a `Stage`. */
export interface IdentitySurroundings {
  db: Db;
  keyring: Keyring;
  /** The time that the installation has, in Unix milliseconds. */
  nowMs(): number;
  /** Who issues it, where its contract is read. */
  provider?: Provider;
}

/** Whom contracts of tests are with. */
export const PROVIDER: Provider = {
  name: 'Identità di prova S.p.A.',
  address: 'Via dei Test 1, 00100 Roma RM',
  email: 'support@example.org',
  privacyUrl: 'https://id.example.org/privacy',
  helpUrl: 'https://id.example.org/help',
  colour: '#0066cc',
};

/** What a test wants of an identity beside what one of a natural person has. */
export interface WantedIdentity extends Partial<Omit<IdentityStart, 'accountId' | 'attributes'>> {
  /** Instead of, or beside, what a person has. */
  attributes?: Attributes;
  /** One that is asked for and not issued yet. */
  state?: 'requested' | 'active';
  lastUsedAt?: Date | null;
}

/** More than enough for the days of birth of a file's people. */
const DAYS = 20_000;
const FIRST_BIRTHDAY: Day = '1945-01-01';

/** One that was asked for, of somebody of whom little is known: for what is not about its data. */
export const bareIdentity = (accountId: string, clock: Clock): Identity => ({
  accountId,
  id: uuidv7(clock.nowMs()),
  type: 1,
  state: 'requested',
  causes: new Set(),
  until: new Map(),
  version: 1,
  spidCode: spidCodeOf('SIGL', randomBytes(10)),
  attributes: { name: 'Anna' },
  documentExpiresOn: '2033-01-31',
  issuedOn: null,
  expiresOn: null,
  lastUsedAt: null,
  createdAt: clock.now(),
});

let counter = 0;

/**
 * Gives an account a digital identity: active, issued today, of a natural person whom no other identity of the test
 * file is of, with a document that is good for five years. In a journey:
 *
 *     await giveIdentity({ ...stage, db: stage.product.database.db }, holder.id);
 */
export async function giveIdentity(
  { db, keyring, nowMs, provider = PROVIDER }: IdentitySurroundings,
  accountId: string,
  wanted: WantedIdentity = {},
): Promise<Identity> {
  const clock = fixedClock(nowMs());
  const today = romeDayOf(nowMs());
  const { attributes, state = 'active', lastUsedAt = null, ...start } = wanted;
  const documentExpiresOn =
    start.documentExpiresOn === undefined ? daysLater(today, 5 * 365) : start.documentExpiresOn;
  const identity = newIdentity(
    {
      type: 1,
      issuedOn: state === 'active' ? today : null,
      expiresOn: state === 'active' ? lastOfYears(today, 10) : null,
      ...start,
      accountId,
      attributes: { ...somePerson(documentExpiresOn), ...attributes },
      documentExpiresOn,
    },
    'SIGL',
    clock.now(),
  );
  const identities = identityStore(keyring);
  return inTransaction(db, async (tx) => {
    await identities.insert(tx, { ...identity, lastUsedAt });
    if (state === 'requested') return { ...identity, lastUsedAt };
    const issued = await moveIdentity({ identities, clock }, tx, identity, {
      move: { type: 'issue' },
      actor: 'two-operators',
    });
    const prover = await accountStore(keyring).load(tx, accountId);
    const contracts = activationContractStore(keyring);
    if (prover) await concludeContract({ contracts, provider, gate: { clock } }, tx, issued, prover);
    return issued;
  });
}

/** Maria Rossi, born in Rome on a day of her own: another person with every call. */
export function somePerson(documentExpiresOn: Day | null): Attributes {
  counter += 1;
  const born = daysLater(FIRST_BIRTHDAY, counter % DAYS);
  const expires = documentExpiresOn ?? daysLater(born, 100 * 365);
  return {
    name: 'Maria',
    familyName: 'Rossi',
    placeOfBirth: 'H501',
    countyOfBirth: 'RM',
    dateOfBirth: born,
    gender: 'F',
    fiscalNumber: `TINIT-${fiscalCodeOf(born)}`,
    idCard: `cartaIdentita CA${String(counter).padStart(5, '0')}AB ComuneRoma ${daysLater(expires, -3652)} ${expires}`,
    domicileStreetAddress: 'Via Listz 21',
    domicilePostalCode: '00144',
    domicileMunicipality: 'Roma',
    domicileProvince: 'RM',
    domicileNation: 'IT',
  };
}

function fiscalCodeOf(born: Day): string {
  const [year = '', month = '', day = ''] = born.split('-');
  const letter = 'ABCDEHLMPRST'[Number(month) - 1];
  return withDigits(`RSSMRA${year.slice(2)}${letter}${Number(day) + 40}H501X`);
}

/** Makes an account's password one that was chosen so many days ago. */
export async function agePassword(
  { database, nowMs }: { database: { db: Db }; nowMs(): number },
  accountId: string,
  days: number,
): Promise<void> {
  await database.db
    .updateTable('authenticator')
    .set({ created_at: new Date(nowMs() - days * 86_400_000) })
    .where('account_id', '=', accountId)
    .where('type', '=', 'password')
    .execute();
}
