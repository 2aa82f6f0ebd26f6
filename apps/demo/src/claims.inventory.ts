import type { Translated } from './kit/language.ts';

export const ROOMS = ['living', 'kitchen', 'bedroom', 'bathroom', 'other'] as const;
type Room = (typeof ROOMS)[number];

const LONGEST_NAME = 80;
const MOST_PIECES = 99;
/** Of different items; a list in memory must end somewhere. */
const MOST_ITEMS = 60;

export interface InventoryItem {
  id: number;
  /** As the person wrote it, or an example in both languages. */
  name: string | Translated<string>;
  room: Room;
  quantity: number;
  /** Of one piece. */
  valueCents: number;
}

export interface Inventory {
  items: InventoryItem[];
  nextId: number;
}

/** Fields of the form that adds an item. */
export type ItemField = 'name' | 'room' | 'quantity' | 'value';
export type ItemError = ItemField | 'full';

/** A list with a few examples in it. */
export function exampleInventory(): Inventory {
  return {
    items: [
      {
        id: 1,
        name: { it: 'Divano a tre posti', en: 'Three-seat sofa' },
        room: 'living',
        quantity: 1,
        valueCents: 89_000,
      },
      {
        id: 2,
        name: { it: 'Tappeto di lana', en: 'Wool rug' },
        room: 'living',
        quantity: 1,
        valueCents: 24_550,
      },
      { id: 3, name: { it: 'Sedia', en: 'Chair' }, room: 'kitchen', quantity: 4, valueCents: 6_900 },
      {
        id: 4,
        name: { it: 'Lavatrice', en: 'Washing machine' },
        room: 'bathroom',
        quantity: 1,
        valueCents: 47_900,
      },
    ],
    nextId: 5,
  };
}

/** Adds what a form says; returns what is wrong with it, in the order of the form, and then adds nothing. */
export function addItem(inventory: Inventory, form: URLSearchParams): ItemError[] {
  const name = (form.get('name') ?? '').trim();
  const room = ROOMS.find((known) => known === form.get('room'));
  const quantity = parseQuantity(form.get('quantity') ?? '');
  const valueCents = parseEuro(form.get('value') ?? '');
  const nameFits = name.length >= 1 && name.length <= LONGEST_NAME;
  const full = inventory.items.length >= MOST_ITEMS;

  if (!nameFits || !room || !quantity || !valueCents || full) {
    const wrong = { full, name: !nameFits, room: !room, quantity: !quantity, value: !valueCents };
    return (['full', 'name', 'room', 'quantity', 'value'] as const).filter((field) => wrong[field]);
  }
  inventory.items.push({ id: inventory.nextId, name, room, quantity, valueCents });
  inventory.nextId += 1;
  return [];
}

/** Takes an item off the list; one that is not there changes nothing. */
export function removeItem(inventory: Inventory, id: number): void {
  inventory.items = inventory.items.filter((item) => item.id !== id);
}

/** The value of everything on the list, in cents. */
export function totalCents({ items }: Inventory): number {
  return items.reduce((sum, item) => sum + item.quantity * item.valueCents, 0);
}

/** A whole number of pieces, or undefined. */
function parseQuantity(text: string): number | undefined {
  const quantity = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0;
  return quantity >= 1 && quantity <= MOST_PIECES ? quantity : undefined;
}

/**
 * Cents out of an amount in euro as people write it here: "120", "89,90", "89.9", "€ 1.250,00", "1,250.00".
 * A dot or comma followed by three digits separates thousands.
 */
export function parseEuro(text: string): number | undefined {
  const amount = text.replace(/[\s€]/g, '').replace(/[.,](?=\d{3}(\D|$))/g, '');
  const [, whole, fraction = ''] = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === undefined) return undefined;
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return cents > 0 ? cents : undefined;
}
