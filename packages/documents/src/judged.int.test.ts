/** poppler, qpdf, pdf-lib and zbar share no code with pdfkit or us: they read what we make, and say what they see. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, describe, expect, test } from 'vitest';
import { judge } from '../../../tests/setup/judge.ts';
import { activationContract } from './activation-contract.ts';
import { emergencyCard } from './emergency-card.ts';
import { revocationForm } from './revocation-form.ts';
import { cardData, contractData, formData } from './samples.fixture.ts';

const poppler = 'apt-get install poppler-utils';
const pdfinfo = judge('pdfinfo', poppler);
const pdftotext = judge('pdftotext', poppler);
const pdffonts = judge('pdffonts', poppler);
const pdftoppm = judge('pdftoppm', poppler);
const qpdf = judge('qpdf', 'apt-get install qpdf');
const zbarimg = judge('zbarimg', 'apt-get install zbar-tools');

const folder = mkdtempSync(join(tmpdir(), 'sigillo-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.pdf`);
  writeFileSync(path, bytes);
  return path;
}

/** As long as a field may be: 500 characters without a space, and with; letters of four scripts. */
const hostile = {
  ...contractData,
  provider: { ...contractData.provider, name: 'Ö'.repeat(500), address: `Ä${'ß '.repeat(249)}` },
  holder: {
    ...contractData.holder,
    name: 'W'.repeat(500),
    familyName: 'Παπαδοπούλου Жуковская Nguyễn Łukasz '.repeat(13).trim(),
    placeOfBirth: 'Łódź '.repeat(100).trim(),
  },
  contacts: { email: `${'m'.repeat(480)}@example.org`, mobilePhone: '+39 333 000 0000' },
};
const hostileForm = {
  ...formData,
  provider: hostile.provider,
  holder: hostile.holder,
  contacts: hostile.contacts,
};

const all: readonly (readonly [string, Uint8Array])[] = [
  ['contract', activationContract(contractData)],
  ['contract in English', activationContract({ ...contractData, language: 'en' })],
  ['form', revocationForm(formData)],
  [
    'empty form in English',
    revocationForm({ language: 'en', provider: formData.provider, madeOn: '2026-11-22' }),
  ],
  ['card', emergencyCard(cardData)],
  ['card in English', emergencyCard({ ...cardData, language: 'en' })],
  ['contract of hostile data', activationContract(hostile)],
  ['form of hostile data', revocationForm(hostileForm)],
  ['card of hostile data', emergencyCard({ ...cardData, provider: hostile.provider })],
];

pdfinfo.describe('the structure', () => {
  const outline = (bytes: Uint8Array) =>
    pdfinfo
      .run(['-struct', fileOf(bytes)])
      .stdout.match(/^ *[A-Z]\w*/gm)
      ?.map((line) => line.trim()) ?? [];
  const count = (tags: readonly string[], tag: string) => tags.filter((found) => found === tag).length;

  test('of a contract: one title, sections, tables with a header in every row, lists, links', () => {
    const tags = outline(activationContract(contractData));
    expect(tags.slice(0, 8)).toEqual(['Document', 'H1', 'P', 'H2', 'Table', 'TR', 'TH', 'TD']);
    expect(count(tags, 'H1')).toBe(1);
    expect(count(tags, 'H2')).toBe(10);
    expect(count(tags, 'Table')).toBe(5);
    expect(count(tags, 'TH')).toBe(23);
    expect(count(tags, 'TD')).toBe(23);
    expect(count(tags, 'L')).toBe(2);
    expect(count(tags, 'LI')).toBe(9);
    expect(count(tags, 'Link')).toBe(2);
  });

  test('of a form: every field in the reading order', () => {
    expect(count(outline(revocationForm(formData)), 'Form')).toBe(24);
  });

  test('of a card: a figure with its alternative text', () => {
    const card = emergencyCard(cardData);
    expect(count(outline(card), 'Figure')).toBe(1);
    const alternative = Buffer.from('Codice QR con il link che sospende l’identità', 'utf16le').swap16();
    expect(Buffer.from(card).includes(alternative)).toBe(true);
  });

  test.each(all)(
    '%s: tagged, titled, in its language, PDF/A-2a and PDF/UA-1 by its own word',
    (name, bytes) => {
      const file = fileOf(bytes);
      const { stdout } = pdfinfo.run([file]);
      expect(stdout).toMatch(/^Tagged: +yes$/m);
      expect(stdout).toMatch(/^Title: +\S/m);
      expect(stdout).toMatch(/^JavaScript: +no$/m);
      const metadata = pdfinfo.run(['-meta', file]).stdout;
      expect(metadata).toContain('<pdfaid:part>2</pdfaid:part>');
      expect(metadata).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
      expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
      const catalogue = Buffer.from(bytes).toString('latin1');
      expect(catalogue).toContain(`/Lang (${name.includes('English') ? 'en' : 'it'})`);
      expect(catalogue).toContain('/DisplayDocTitle true');
      expect(catalogue).not.toContain('/NeedAppearances');
    },
  );
});

pdffonts.describe('the fonts', () => {
  test.each(all)('of %s are embedded and say which letters they show', (_, bytes) => {
    const rows = pdffonts
      .run([fileOf(bytes)])
      .stdout.trim()
      .split('\n')
      .slice(2);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatch(/(TitilliumWeb|SourceSans3)-/);
      expect(row).toMatch(/ (Identity-H +yes yes yes|WinAnsi +yes no +no) /);
    }
  });
});

pdftotext.describe('the text', () => {
  const textOf = (bytes: Uint8Array) =>
    pdftotext.run(['-raw', fileOf(bytes), '-']).stdout.replaceAll(/\s+/g, ' ');

  test('[SPID-ENR-8] of a contract is read in its order, foreign letters whole', () => {
    const holder = { ...contractData.holder, name: 'Zażółć Gęślą', familyName: 'Παπαδοπούλου-Жуковская' };
    const text = textOf(activationContract({ ...contractData, holder }));
    const places = [
      'Identità Alpina S.p.A. ha rilasciato a Zażółć Gęślą Παπαδοπούλου-Жуковская',
      'Codice SPID ALPI0000000001',
      'Valida fino al 19 novembre 2028',
      'Cognome Παπαδοπούλου-Жуковская Nome Zażółć Gęślą',
      'Data di nascita 1º marzo 1980',
      'Numero del documento CA00000AA',
      'I tuoi doveri 1. Usa l’identità',
      'Come sospendere o revocare l’identità',
      'https://id.identita.example/privacy',
      'Contratto concluso il 20 novembre 2026',
    ].map((phrase) => ({ phrase, at: text.indexOf(phrase) }));
    expect(places.filter(({ at }) => at < 0)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a.at - b.at));
    expect(text).toMatch(/Pagina 1 di 3.*Pagina 2 di 3.*Pagina 3 di 3/);
  });

  test('of a form holds the values, so that it can be read on paper', () => {
    const text = textOf(revocationForm(formData));
    for (const value of ['Müller D’Angelo', 'Maria Łucja', '01/03/1980', 'MLLMLC80C41A952K', 'CA00000AA']) {
      expect(text).toContain(value);
    }
  });

  test('of a card holds the link as it is typed, and nobody’s name', () => {
    const text = textOf(emergencyCard(cardData)).replaceAll(' ', '');
    expect(text).toContain(cardData.suspensionLink);
    expect(text).toContain('Pagina1di1');
  });

  test.each(all)('of %s stays within the margins of its pages', (_, bytes) => {
    const boxes = pdftotext.run(['-bbox', fileOf(bytes), '-']).stdout;
    const words = [...boxes.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"/g)];
    expect(words.length).toBeGreaterThan(50);
    const [x, y, right, bottom] = [1, 2, 3, 4].map((side) => words.map((word) => Number(word[side])));
    expect(Math.min(...(x ?? []))).toBeGreaterThan(61);
    expect(Math.min(...(y ?? []))).toBeGreaterThan(40);
    expect(Math.max(...(right ?? []))).toBeLessThan(534);
    expect(Math.max(...(bottom ?? []))).toBeLessThan(815);
  });

  test('every character of a hostile name is printed', () => {
    const widths = textOf(activationContract(hostile)).match(/W/g)?.length ?? 0;
    // In the opening sentence, in the table, at the conclusion.
    expect(widths).toBe(3 * 500);
    const form = textOf(revocationForm(hostileForm));
    expect(form.match(/W/g)).toHaveLength(500);
    expect(form.match(/Жуковская/g)).toHaveLength(13);
  });
});

qpdf.describe('the file', () => {
  test.each(all)('of %s is sound', (_, bytes) => {
    const { status, stdout } = qpdf.run(['--check', fileOf(bytes)]);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('No syntax') });
  });

  test('with one byte of its table of objects changed is not', () => {
    const bytes = activationContract(contractData);
    const table = Buffer.from(bytes).lastIndexOf('0000000000 65535 f');
    bytes[table + 25] = 0x39;
    expect(qpdf.run(['--check', fileOf(bytes)]).status).not.toBe(0);
  });
});

describe('the fields of a form, as pdf-lib sees them', () => {
  const fields = {
    suspensionDays: '',
    familyName: 'Müller D’Angelo',
    name: 'Maria Łucja',
    dateOfBirth: '01/03/1980',
    placeOfBirth: 'Bolzano/Bozen',
    fiscalNumber: 'MLLMLC80C41A952K',
    spidCode: 'ALPI0000000001',
    email: 'maria.mueller@posta.example',
    mobilePhone: '+39 333 000 0000',
    explanation: '',
    documentType: 'Carta d’identità',
    documentNumber: 'CA00000AA',
    documentIssuer: 'Comune di Bolzano',
    documentExpiry: '01/03/2032',
    place: '',
    date: '',
  };

  test('are named in reading order, and hold what is known', async () => {
    const form = (await PDFDocument.load(revocationForm(formData))).getForm();
    const boxes = ['reasonUnused', 'reasonLost', 'reasonAbused', 'reasonOther', 'reportAttached'];
    const names = [...Object.keys(fields), ...boxes, 'request', 'signature'];
    expect(
      form
        .getFields()
        .map((field) => field.getName())
        .toSorted(),
    ).toEqual(names.toSorted());
    const values = Object.keys(fields).map((name) => [name, form.getTextField(name).getText() ?? '']);
    expect(Object.fromEntries(values)).toEqual(fields);
    for (const name of boxes) expect(form.getCheckBox(name).isChecked()).toBe(false);
    expect(form.getRadioGroup('request').getOptions()).toEqual(['revocation', 'suspension']);
    expect(form.getRadioGroup('request').getSelected()).toBeUndefined();
  });

  test('each says what it asks, to who hovers and to who listens', async () => {
    const document = await PDFDocument.load(revocationForm(formData));
    for (const field of document.getForm().getFields()) {
      const tip = field.acroField.dict.lookup(PDFName.of('TU'));
      expect(String(tip), field.getName()).toMatch(/\w/);
    }
  });

  test('can be filled in, saved and read again', async () => {
    const document = await PDFDocument.load(revocationForm(formData));
    const form = document.getForm();
    form.getTextField('place').setText('Merano');
    form.getTextField('explanation').setText('Riga uno\nriga due');
    form.getRadioGroup('request').select('revocation');
    form.getCheckBox('reasonLost').check();
    const saved = await document.save();

    const again = (await PDFDocument.load(saved)).getForm();
    expect(again.getTextField('place').getText()).toBe('Merano');
    expect(again.getTextField('familyName').getText()).toBe('Müller D’Angelo');
    expect(again.getRadioGroup('request').getSelected()).toBe('revocation');
    expect(again.getCheckBox('reasonLost').isChecked()).toBe(true);
    expect(again.getCheckBox('reasonUnused').isChecked()).toBe(false);
  });
});

zbarimg.describe('the QR code', () => {
  pdftoppm.describe('as a camera sees it', () => {
    test.each([cardData.suspensionLink, `https://id.example/${'k7'.repeat(90)}`])(
      'leads to %s',
      (suspensionLink) => {
        const picture = join(folder, `card-${files++}`);
        const card = fileOf(emergencyCard({ ...cardData, suspensionLink }));
        pdftoppm.run(['-r', '150', '-png', '-singlefile', card, picture]);
        expect(zbarimg.run(['--quiet', '--raw', `${picture}.png`]).stdout.trim()).toBe(suspensionLink);
        expect(pdfinfo.run([card]).stdout).toMatch(/^Pages: +1$/m);
      },
    );
  });
});
