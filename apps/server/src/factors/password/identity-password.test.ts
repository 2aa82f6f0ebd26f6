import { describe, expect, test } from 'vitest';
import {
  comesBackTooSoon,
  isAlike,
  normalForm,
  passwordEnd,
  refuseForIdentity,
} from './identity-password.ts';

const GOOD = 'Quiet-Lantern 48 over the ridge';
const FACTS = [
  'Maria',
  'De Luca',
  'DLCMRA85A41H501J',
  '1985-01-01',
  'CA12345AB',
  '+393331234567',
  'maria.deluca',
];

describe('[SPID-CRD-1] one case for each clause', () => {
  test.each([
    ['upper case', 'quiet-lantern 48 over the ridge', 'needs-upper'],
    ['lower case', 'QUIET-LANTERN 48 OVER THE RIDGE', 'needs-lower'],
    ['a digit', 'Quiet-Lantern over the ridge', 'needs-digit'],
    ['a sign', 'QuietLantern 48 over the ridge', 'needs-special'],
    ['no character three times in a row', 'Quiet-Lanternnn 48', 'repeated'],
    ['nor in another case', 'Quiet-LanternNn 48', 'repeated'],
    ['the name', 'Quiet-MARIA 48 over', 'personal'],
    ['the family name, however written', 'Quiet-de.luca 48 over', 'personal'],
    ['the fiscal code', 'Quiet-dlcmra85a41h501j!', 'personal'],
    ['the day of birth', 'Quiet-Lantern 01/01/1985', 'personal'],
    ['the day of birth, another way', 'Quiet-Lantern 850101', 'personal'],
    ['the number of a document', 'Quiet-ca12345ab Lantern', 'personal'],
    ['the telephone number', 'Quiet-Lantern 39 33 31 23 45 67', 'personal'],
    ['the account', 'Quiet-maria.deluca 48', 'personal'],
  ])('%s: %s', (_, password, reason) => expect(refuseForIdentity(password, FACTS)).toBe(reason));

  test('what has all of it and says nothing of its holder passes', () =>
    expect(refuseForIdentity(GOOD, FACTS)).toBeUndefined());
});

describe('[SPID-CRD-3] what is alike', () => {
  test('the same but for case, accents, digits and signs', () => {
    expect(normalForm('Quiet-Lantern 48')).toBe(normalForm('quìet lantern 2027!'));
    expect(normalForm('Quiet-Lantern 48')).not.toBe(normalForm('Quiet-Lamp 48'));
  });

  test('against the one in use also what was only added to, or differs by little', () => {
    for (const next of ['Quiet-Lantern 49', 'Quiet-Lantern 48 again', 'Quiet-Lamtenn 48', 'Lantern'])
      expect(isAlike(next, 'Quiet-Lantern 48')).toBe(true);
    expect(isAlike(GOOD, 'Seven Otters! 31 by the weir')).toBe(false);
    expect(isAlike('8431-7729!', '8431-7728!')).toBe(true);
  });
});

describe('[SPID-CRD-2] coming back', () => {
  const at = (iso: string) => new Date(iso);
  const like = (text: string) => Buffer.from(text);
  const past = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => ({
    likeness: like(name),
    chosenAt: at(`2026-0${index + 1}-10T12:00:00Z`),
  }));

  test('the sixth change: refused after 14 months, allowed after 16', () => {
    expect(comesBackTooSoon(like('a'), past, at('2027-03-10T12:00:00Z'))).toBe(true);
    expect(comesBackTooSoon(like('a'), past, at('2027-05-10T12:00:00Z'))).toBe(false);
  });

  test('fifteen months to the second', () => {
    expect(comesBackTooSoon(like('a'), past, at('2027-04-10T11:59:59Z'))).toBe(true);
    expect(comesBackTooSoon(like('a'), past, at('2027-04-10T12:00:00Z'))).toBe(false);
  });

  test('four changes are too few, whenever', () =>
    expect(comesBackTooSoon(like('b'), past, at('2036-01-01T00:00:00Z'))).toBe(true));

  test('what was never chosen does not come back', () =>
    expect(comesBackTooSoon(like('z'), past, at('2026-07-01T00:00:00Z'))).toBe(false));

  test('it lasts 180 days', () =>
    expect(passwordEnd(at('2026-01-01T00:00:00Z'))).toEqual(at('2026-06-30T00:00:00Z')));
});
