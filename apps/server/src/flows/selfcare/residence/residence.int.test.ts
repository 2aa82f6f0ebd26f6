import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { giveIdentity } from '../../../../../../tests/setup/identities.ts';
import { good, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import {
  type Holder,
  type PopulatedInstallation,
  sharedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { inTransaction } from '../../../platform/database/database.ts';

let on: PopulatedInstallation;
beforeAll(async () => {
  on = await sharedInstallation();
});
afterAll(() => on[Symbol.asyncDispose]());

const PATH = '/api/selfcare/residence';
const MILAN = {
  country: 'IT',
  street: 'Via Dante 1',
  postalCode: '20121',
  municipality: 'Milano',
  province: 'MI',
};
const PARIS = {
  country: 'FR',
  street: '12 rue de Rivoli',
  postalCode: '75004',
  municipality: 'Paris',
  province: null,
};

const surroundings = () => ({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs });
const save = (browser: HttpBrowser, body: object) => browser.put(PATH, body);
const read = async (browser: HttpBrowser) => good(await browser.get<{ residence: unknown }>(PATH)).residence;

async function attributesOf(holder: Holder) {
  const held = await inTransaction(on.database.db, (tx) => on.stores.identities.ofAccount(tx, holder.id));
  return held.map(({ attributes }) => attributes);
}

test('nothing is known at first, and of who has an identity what was said for it', async () => {
  const [plain, holder] = [await on.holder(), await on.holder()];
  await giveIdentity(surroundings(), holder.id);
  expect(await read(await signIn(on, on.browser(), plain))).toBeNull();
  expect(await read(await signIn(on, on.browser(), holder))).toEqual({
    country: 'IT',
    street: 'Via Listz 21',
    postalCode: '00144',
    municipality: 'Roma',
    province: 'RM',
  });
});

test('[SPID-IDL-13] a residence that is saved counts in the identity, in the same moment; nothing else of it changes', async () => {
  const holder = await on.holder();
  const before = (await giveIdentity(surroundings(), holder.id)).attributes;
  const browser = await signIn(on, on.browser(), holder);
  expect(outcome(await save(browser, { ...MILAN, street: '  Via   Dante 1 ' }))).toBe('204');
  expect(await read(browser)).toEqual(MILAN);
  expect(await attributesOf(holder)).toEqual([
    {
      ...before,
      domicileStreetAddress: 'Via Dante 1',
      domicilePostalCode: '20121',
      domicileMunicipality: 'Milano',
      domicileProvince: 'MI',
      domicileNation: 'IT',
      address: 'Via Dante 1 20121 Milano MI',
    },
  ]);
  expect(outcome(await save(browser, PARIS))).toBe('204');
  expect(await read(browser)).toEqual(PARIS);
  expect(await attributesOf(holder)).toMatchObject([
    { domicileProvince: 'EE', domicileNation: 'FR', address: '12 rue de Rivoli 75004 Paris FR' },
  ]);
});

test('the holder is told, without the address', async () => {
  const holder = await on.holder();
  const browser = await signIn(on, on.browser(), holder);
  good(await save(browser, MILAN));
  const { text, subject } = await on.dev.newest(holder.email);
  expect(subject).toContain('residence');
  expect(text).not.toContain('Dante');
});

test('what was saved before is kept, sealed', async () => {
  const holder = await on.holder();
  const browser = await signIn(on, on.browser(), holder);
  for (const residence of [MILAN, PARIS]) good(await save(browser, residence));
  const rows = await on.database.db
    .selectFrom('residence')
    .selectAll()
    .where('account_id', '=', holder.id)
    .orderBy('version')
    .execute();
  expect(rows.map(({ version }) => version)).toEqual([1, 2]);
  for (const { address_sealed } of rows)
    expect(address_sealed.toString('latin1')).not.toMatch(/Dante|Rivoli/);
});

test('of 16 that are saved at once each is kept, and the identity has the last', async () => {
  const holder = await on.holder();
  await giveIdentity(surroundings(), holder.id);
  const browser = await signIn(on, on.browser(), holder);
  const elsewhere = browser.at(on.nodes[1]!.url);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      save(index % 2 ? browser : elsewhere, { ...MILAN, street: `Via Dante ${index}` }),
    ),
  );
  const outcomes = answers.map(outcome);
  // On a busy machine some are turned away before their turn comes.
  const ends = ['204', '409 saved-elsewhere', '503 not-ready'];
  expect(outcomes.filter((one) => !ends.includes(one))).toEqual([]);
  expect(outcomes).toContain('204');
  const kept = await on.database.db
    .selectFrom('residence')
    .select('version')
    .where('account_id', '=', holder.id)
    .execute();
  expect(kept).toHaveLength(outcomes.filter((one) => one === '204').length);
  const shown = (await read(browser)) as typeof MILAN;
  expect((await attributesOf(holder))[0]?.domicileStreetAddress).toBe(shown.street);
});

describe('what cannot be a residence', () => {
  test.each([
    ['an Italian one without a province', { ...MILAN, province: null }, 'province'],
    ['a foreign one with an Italian province', { ...PARIS, province: 'MI' }, 'province'],
    ['an Italian postal code with letters', { ...MILAN, postalCode: '2012A' }, 'postalCode'],
    ['no street', { ...MILAN, street: ' ' }, 'street'],
    ['a street that cannot be printed', { ...MILAN, street: 'Via\u202eDante' }, 'street'],
    ['no municipality', { ...MILAN, municipality: '' }, 'municipality'],
    ['a country by its name', { ...MILAN, country: 'Italia' }, 'country'],
    ['what was verified', { ...MILAN, fiscalNumber: 'TINIT-RSSMRA85T10A562S' }, 'fiscalNumber'],
  ])('%s', async (_, body, path) => {
    const browser = await signIn(on, on.browser(), await on.holder());
    const answer = await save(browser, body);
    expect(outcome(answer)).toBe('400 bad-input');
    expect(answer.body).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });
});

test('the list to choose from is for everybody', async () => {
  const { provinces } = good(
    await on.browser().get<{ provinces: { code: string; municipalities: string[] }[] }>('/api/places'),
  );
  expect(provinces.find(({ code }) => code === 'MI')?.municipalities).toContain('Milano');
});
