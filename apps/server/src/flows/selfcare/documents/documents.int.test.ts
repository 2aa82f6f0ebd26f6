import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider } from '@sigillo/documents';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpBrowser } from '../../../../../../tests/setup/http-browser.ts';
import { giveIdentity, PROVIDER } from '../../../../../../tests/setup/identities.ts';
import { good, outcome, signIn } from '../../../../../../tests/setup/journeys.ts';
import { judge } from '../../../../../../tests/setup/judge.ts';
import {
  type Holder,
  type PopulatedInstallation,
  populatedInstallation,
} from '../../../../../../tests/setup/populated.ts';
import { recordedBy } from '../../../../../../tests/setup/recorded.ts';

const poppler = 'apt-get install poppler-utils';
const pdfinfo = judge('pdfinfo', poppler);
const pdftotext = judge('pdftotext', poppler);

const provider: Provider = {
  ...PROVIDER,
  name: 'Identità Alpina S.p.A.',
  address: 'Via dei Mille 12, 38122 Trento TN',
  certifiedMail: 'spid@pec.identita.example',
};

const folder = mkdtempSync(join(tmpdir(), 'sigillo-selfcare-'));
let on: PopulatedInstallation;
beforeAll(async () => {
  on = await populatedInstallation(2, {
    SIGILLO_PROVIDER_NAME: provider.name,
    SIGILLO_PROVIDER_ADDRESS: provider.address,
    SIGILLO_PROVIDER_CERTIFIED_MAIL: provider.certifiedMail ?? '',
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await on[Symbol.asyncDispose]();
});

const surroundings = () => ({ db: on.database.db, keyring: on.keyring, nowMs: on.nowMs, provider });

async function signedIn(holder: Holder, node = 0): Promise<HttpBrowser> {
  return signIn(on, on.browser(node), holder);
}

async function owner() {
  const holder = await on.holder();
  const identity = await giveIdentity(surroundings(), holder.id);
  return { holder, identity, browser: await signedIn(holder) };
}

/** As an import leaves it. */
const takenOver = ({ accountId }: { accountId: string }) =>
  on.database.db.deleteFrom('activation_contract').where('account_id', '=', accountId).execute();

const contractPath = (id: string) => `/api/selfcare/identities/${id}/contract`;
const formPath = (id: string) => `/api/selfcare/identities/${id}/revocation-form`;

async function download(browser: HttpBrowser, path: string): Promise<Buffer> {
  const response = await browser.request('GET', path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return Buffer.from(await response.arrayBuffer());
}

let files = 0;
function fileOf(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.pdf`);
  writeFileSync(path, bytes);
  return path;
}

describe('the activation contract', () => {
  test('[SPID-ENR-8] has the same bytes for ever, on every node, whatever the data become', async () => {
    const { holder, identity, browser } = await owner();
    const first = await download(browser, contractPath(identity.id));
    good(
      await browser.put('/api/selfcare/residence', {
        country: 'FR',
        street: '12 rue de Rivoli',
        postalCode: '75004',
        municipality: 'Paris',
        province: null,
      }),
    );
    good(await browser.put('/api/language', { language: 'it' }));
    await on.advance(40 * 24 * 60 * 60);
    const later = await download(await signedIn(holder, 1), contractPath(identity.id));
    expect(later.equals(first)).toBe(true);
  });

  async function contractsOf(accountId: string) {
    const found = await on.database.db
      .selectFrom('activation_contract')
      .select('pdf_sealed')
      .where('account_id', '=', accountId)
      .execute();
    for (const { pdf_sealed } of found) expect(pdf_sealed.includes('%PDF')).toBe(false);
    return { rows: found.length };
  }

  test('[SPID-ENR-8] of an identity that was taken over, asked for sixteen times at once at two nodes, is one', async () => {
    const { identity, browser } = await owner();
    await takenOver(identity);
    const elsewhere = browser.at(on.nodes[1]!.url);
    const copies = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        download(index % 2 ? browser : elsewhere, contractPath(identity.id)),
      ),
    );
    expect(new Set(copies.map((copy) => createHash('sha256').update(copy).digest('hex'))).size).toBe(1);
    expect((await contractsOf(identity.accountId)).rows).toBe(1);
  });

  test('is its holder’s alone, of an identity that was issued', async () => {
    const { identity } = await owner();
    const other = await signedIn(await on.holder());
    expect(outcome(await other.get(contractPath(identity.id)))).toBe('404 identity-gone');
    expect(outcome(await on.browser().get(contractPath(identity.id)))).toBe('401 sign-in-needed');
    const holder = await on.holder();
    const asked = await giveIdentity(surroundings(), holder.id, { state: 'requested' });
    expect(outcome(await (await signedIn(holder)).get(contractPath(asked.id)))).toBe(
      '404 contract-unavailable',
    );
  });
});

pdftotext.describe('what is on paper', () => {
  /** On one line: where lines break is for others to judge. */
  const textOf = (bytes: Uint8Array) => pdftotext.run([fileOf(bytes), '-']).stdout.replace(/\s+/g, ' ');

  test('[SPID-ENR-8] the contract names holder, identity, document and provider', async () => {
    const { holder, identity, browser } = await owner();
    const bytes = await download(browser, contractPath(identity.id));
    expect(pdfinfo.run([fileOf(bytes)]).stdout).toMatch(/^Tagged: +yes$/m);
    const text = textOf(bytes);
    const { fiscalNumber = '' } = identity.attributes;
    for (const said of [
      identity.spidCode,
      fiscalNumber.slice('TINIT-'.length),
      'Rossi',
      'Roma (RM)',
      'Comune Roma',
      holder.email,
      'Via Listz 21, 00144 Roma RM',
      'Identità Alpina S.p.A.',
      'Via dei Mille 12, 38122 Trento TN',
      'spid@pec.identita.example',
    ])
      expect(text).toContain(said);
  });

  test('[SPID-ENR-8] of an identity that was taken over it says what was so before, if it changes before it is made', async () => {
    const { identity, browser } = await owner();
    await takenOver(identity);
    const paris = { country: 'FR', street: '12 rue de Rivoli', postalCode: '75004', municipality: 'Paris' };
    good(await browser.put('/api/selfcare/residence', { ...paris, province: null }));
    const text = textOf(await download(browser, contractPath(identity.id)));
    expect(text).toContain('Via Listz 21, 00144 Roma RM');
    expect(text).not.toContain('Rivoli');
  });

  test('[SPID-IDL-10] the form says where to send it', async () => {
    const { identity, browser } = await owner();
    const text = textOf(await download(browser, formPath(identity.id)));
    expect(text).toContain('spid@pec.identita.example');
    expect(text).toContain('Via dei Mille 12, 38122 Trento TN');
  });
});

test('every download is on record', async () => {
  const { identity, browser } = await owner();
  for (const [path, type] of [
    [contractPath(identity.id), 'contract-downloaded'],
    [formPath(identity.id), 'revocation-form-downloaded'],
  ] as const) {
    const recorded = await recordedBy(on, () => download(browser, path));
    expect(recorded).toEqual([{ type, accountId: identity.accountId }]);
  }
});

test('whom to send it to is known before anybody signs in', async () => {
  expect(good(await on.browser().get('/api/provider'))).toMatchObject({
    name: 'Identità Alpina S.p.A.',
    certifiedMail: 'spid@pec.identita.example',
    phone: null,
  });
});
