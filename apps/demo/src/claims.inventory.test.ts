import { expect, test } from 'vitest';
import { addItem, exampleInventory, parseEuro, removeItem, totalCents } from './claims.inventory.ts';

const chair = { name: 'Chair', room: 'kitchen', quantity: '4', value: '69,90' };
const form = (fields: object) => new URLSearchParams({ ...chair, ...fields });

test('an item is added, counted and taken off again', () => {
  const inventory = exampleInventory();
  const before = totalCents(inventory);
  expect(addItem(inventory, form({}))).toEqual([]);
  expect(totalCents(inventory)).toBe(before + 4 * 6_990);

  removeItem(inventory, inventory.items.at(-1)?.id ?? 0);
  removeItem(inventory, 12_345);
  expect(totalCents(inventory)).toBe(before);
});

test.each([
  ['name', { name: '  ' }],
  ['name', { name: 'x'.repeat(81) }],
  ['room', { room: 'cellar' }],
  ['quantity', { quantity: '0' }],
  ['quantity', { quantity: '1.5' }],
  ['quantity', { quantity: '100' }],
  ['value', { value: '0' }],
  ['value', { value: '-3' }],
  ['value', { value: '100000' }],
  ['value', { value: 'a lot' }],
])('a wrong %s is refused and adds nothing', (field, fields) => {
  const inventory = exampleInventory();
  expect(addItem(inventory, form(fields))).toEqual([field]);
  expect(inventory).toEqual(exampleInventory());
});

test('everything that is wrong is said at once, in the order of the form', () => {
  expect(addItem(exampleInventory(), new URLSearchParams())).toEqual(['name', 'room', 'quantity', 'value']);
});

test('a full list takes no more', () => {
  const inventory = exampleInventory();
  while (addItem(inventory, form({})).length === 0);
  expect(inventory.items).toHaveLength(60);
  expect(addItem(inventory, form({}))).toEqual(['full']);
});

test.each([
  ['120', 12_000],
  ['89,90', 8_990],
  ['89.9', 8_990],
  ['€ 1.250,00', 125_000],
  ['1,250.00', 125_000],
  ['1.250', 125_000],
  ['99999,99', 9_999_999],
])('%s is an amount', (text, cents) => {
  expect(parseEuro(text)).toBe(cents);
});

test.each(['', '1,2,3', '12,345,678', '1e3', '٣'])('"%s" is none', (text) => {
  expect(parseEuro(text)).toBeUndefined();
});
