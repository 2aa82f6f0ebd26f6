import { expect, test } from 'vitest';
import { findMunicipalities, municipalitiesOf, municipalityNamed } from './find-municipalities.ts';

const province = (code: string, ...municipalities: string[]) => ({ code, name: code, municipalities });
const all = municipalitiesOf({
  countries: ['IT'],
  provinces: [
    province('RM', 'Roma', 'Romano di nowhere'),
    province('CS', 'Acri', 'Roccaforte Romana'),
    province('FC', 'Forlì'),
    province('AQ', "L'Aquila"),
    province('TO', 'Samone'),
    province('TN', 'Samone'),
  ],
});
const found = (typed: string) =>
  findMunicipalities(all, typed).map(({ text, detail }) => `${text} ${detail}`);

test('what begins so comes first, the nearest before the longer; then what has it inside', () => {
  expect(found('rom')).toEqual(['Roma RM', 'Romano di nowhere RM', 'Roccaforte Romana CS']);
  expect(found('ro')).toEqual(['Roma RM', 'Romano di nowhere RM', 'Roccaforte Romana CS']);
});

test.each([
  ["forli'", 'Forlì FC'],
  ['FORLI', 'Forlì FC'],
  ['l’aquila', "L'Aquila AQ"],
  ['laquila', "L'Aquila AQ"],
])('%s finds %s', (typed, name) => {
  expect(found(typed)).toEqual([name]);
});

test('nothing is offered before something is typed, or where nothing fits', () => {
  expect(found('')).toEqual([]);
  expect(found('Atlantide')).toEqual([]);
});

test('a name that two have says no province', () => {
  expect(municipalityNamed(all, 'samone')).toBeUndefined();
  expect(municipalityNamed(all, 'forlì')?.detail).toBe('FC');
});
