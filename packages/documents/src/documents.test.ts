import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { activationContract } from './activation-contract.ts';
import { DocumentDataRefused } from './document-data-refused.ts';
import { emergencyCard } from './emergency-card.ts';
import { revocationForm } from './revocation-form.ts';
import { cardData, contractData, formData } from './samples.fixture.ts';

/** What the samples have always given. They change only with a decision to change the documents: a new edition. */
const KEPT = {
  'contract it': '787f88f279a559f85ec8475f9f7531fc',
  'contract en': '1d00efec171eb16d8f2b6007d526210f',
  'form it': '68a0cfc035d2f0a9c02a99e149abd797',
  'form en': '191f82a2b2613694a590e8d9469ca593',
  'card it': 'c2166d9ff8d8ee3cc865d10396881ae2',
  'card en': 'd14edbdc4a0bdafefb2c57db39a5de66',
};

function madeAll(): Record<string, Uint8Array> {
  return {
    'contract it': activationContract(contractData),
    'contract en': activationContract({ ...contractData, language: 'en' }),
    'form it': revocationForm(formData),
    'form en': revocationForm({ ...formData, language: 'en' }),
    'card it': emergencyCard(cardData),
    'card en': emergencyCard({ ...cardData, language: 'en' }),
  };
}

function digests(documents: Record<string, Uint8Array>): Record<string, string> {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return Object.fromEntries(Object.entries(documents).map(([name, bytes]) => [name, digest(bytes)]));
}

describe('the same data', () => {
  test('[SPID-ENR-8] give the bytes that they have always given, whatever was made before', () => {
    expect(digests(madeAll())).toEqual(KEPT);
    activationContract(withName('Ελένη Жанна Thị Ngọc'));
    expect(digests(madeAll())).toEqual(KEPT);
  });

  test('[SPID-ENR-8] give them in whatever order their keys come, and however accents are composed', () => {
    const reversed = Object.fromEntries(Object.entries(contractData).reverse()) as typeof contractData;
    expect(activationContract(reversed)).toEqual(activationContract(contractData));
    expect(activationContract(withName('Zoe\u0301'))).toEqual(activationContract(withName('Zo\u00e9')));
  });

  test('other data give another file identifier, even where the title is the same', () => {
    const idOf = (bytes: Uint8Array) =>
      /\/ID \[<([0-9a-f]{32})>/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
    const one = idOf(activationContract(contractData));
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(idOf(activationContract(withName('Mario')))).not.toBe(one);
  });
});

describe('data that no document can be made of are refused, with the field and the reason', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \u00a0', 'empty'],
    ['5,000 characters', 'x'.repeat(5000), 'too-long'],
    ['501 characters', 'x'.repeat(501), 'too-long'],
    ['a line feed', 'Maria\nRossi', 'unprintable'],
    ['a null', 'Maria\0', 'unprintable'],
    ['an override of direction', 'Maria \u202eissoR', 'unprintable'],
    ['a zero-width space', 'Ma\u200bria', 'unprintable'],
    ['half a surrogate pair', 'Maria \ud83d', 'unprintable'],
    ['a pile of marks', `Q${'\u0302'.repeat(40)}`, 'unprintable'],
    ['letters that our typefaces do not have', '山田', 'no-glyph'],
    ['Arabic', 'مريم', 'no-glyph'],
    ['an emoji', 'Maria 🙂', 'no-glyph'],
  ])('%s', (_, name, reason) => {
    expect(refusal(() => activationContract(withName(name)))).toEqual({ field: 'holder.name', reason });
    const form = { ...formData, holder: { ...formData.holder, name } };
    expect(refusal(() => revocationForm(form))).toEqual({ field: 'holder.name', reason });
  });

  test('a day that is none', () => {
    for (const concludedOn of ['2026-02-30', '20 novembre', '2026-11-20T00:00:00Z']) {
      const refused = refusal(() => activationContract({ ...contractData, concludedOn }));
      expect(refused).toEqual({ field: 'concludedOn', reason: 'not-a-date' });
    }
  });

  test('a link that is none, or too long to be typed', () => {
    const card = (suspensionLink: string) => refusal(() => emergencyCard({ ...cardData, suspensionLink }));
    expect(card('javascript:alert(1)')).toEqual({ field: 'suspensionLink', reason: 'not-a-link' });
    expect(card(`https://id.example/${'x'.repeat(200)}`)).toEqual({
      field: 'suspensionLink',
      reason: 'too-long',
    });
  });

  test('a colour that is none', () => {
    const provider = { ...contractData.provider, colour: 'red' };
    const refused = refusal(() => activationContract({ ...contractData, provider }));
    expect(refused).toEqual({ field: 'provider.colour', reason: 'not-a-colour' });
  });

  test('the refusal never holds what was refused', () => {
    expect(() => activationContract(withName('Maria\0'))).toThrow(/^holder\.name: unprintable$/);
  });
});

describe('every mark on a page', () => {
  test.each(Object.keys(KEPT))('of %s is content with its place in the structure, or an artifact', (name) => {
    const file = Buffer.from(madeAll()[name] ?? []).toString('latin1');
    const painted = [...file.matchAll(/\nstream\n(.*?)\nendstream/gs)].map(([, content]) => content ?? '');
    const pages = painted.filter((content) => content.startsWith('1 0 0 -1 0'));
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) expect(unmarkedPainting(page)).toEqual([]);
  });
});

/** The painting operators that stand in no marked content (ISO 14289-1 §7.1). */
function unmarkedPainting(page: string): string[] {
  let depth = 0;
  const unmarked: string[] = [];
  for (const line of page.split('\n')) {
    if (/ B[DM]C$/.test(line)) depth++;
    if (line === 'EMC') depth--;
    if (depth === 0 && /(^|\s)(BT|Tj|TJ|S|s|f|F|f\*|B|b|Do)$/.test(line)) unmarked.push(line);
  }
  return unmarked;
}

function withName(name: string): typeof contractData {
  return { ...contractData, holder: { ...contractData.holder, name } };
}

function refusal(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    if (error instanceof DocumentDataRefused) return { field: error.field, reason: error.reason };
    throw error;
  }
  return 'made';
}
