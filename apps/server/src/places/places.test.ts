import { expect, test } from 'vitest';
import { nameOfBirthPlace } from './birth-places.ts';
import { provincesOfItaly } from './italy.ts';

test('every municipality stands in its province, by a name that can be read', async () => {
  const provinces = await provincesOfItaly();
  const whereIs = (name: string) =>
    provinces.filter(({ municipalities }) => municipalities.includes(name)).map(({ code }) => code);
  expect(provinces).toHaveLength(107);
  expect(provinces.flatMap(({ municipalities }) => municipalities).length).toBeGreaterThan(7800);
  expect(whereIs('Roma')).toEqual(['RM']);
  expect(whereIs('Ivrea')).toEqual(['TO']);
  expect(whereIs('Bolzano/Bozen')).toEqual(['BZ']);
  expect(whereIs("Savogna d'Isonzo")).toEqual(['GO']);
  expect(whereIs('Samone').sort()).toEqual(['TN', 'TO']);
  expect(provinces.find(({ code }) => code === 'FC')?.name).toMatch(/Forlì/);
});

test.each([
  ['H501', 'Roma'],
  ['Z112', 'Germania'],
  ['A021', 'Acereto'],
  ['X999', 'X999'],
])('the place of birth %s is %s', async (code, name) => {
  expect(await nameOfBirthPlace(code)).toBe(name);
});
