import type { Locator } from 'playwright-core';
import type { Visitor } from './visitor.ts';

/** Nobody should have to press Tab more often than this to get anywhere on a page. */
const PATIENCE = 30;

/** Where the focus is after a press of Tab, as the page itself tells. */
interface Stop {
  /** For messages: the element in a few words. */
  what: string;
  hasMark: boolean;
  isInWindow: boolean;
  /** Puts itself before the natural order. */
  jumpsQueue: boolean;
  isNowhere: boolean;
}

/**
 * Goes forward with Tab until the focus is on something.
 *
 * @throws when it is not reached, or when on the way the focus cannot be seen, has left the window, or does not
 *   follow the order of the page
 */
export async function tabTo({ page }: Visitor, target: Locator, patience = PATIENCE): Promise<void> {
  const path: string[] = [];
  while (path.length < patience) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(readStop);
    path.push(stop.what);
    // Past the last element the focus is with the browser for one press.
    if (stop.isNowhere) continue;
    if (!stop.hasMark) throw new Error(`the focus cannot be seen on ${stop.what}`);
    if (!stop.isInWindow) throw new Error(`the focus is out of sight on ${stop.what}`);
    if (stop.jumpsQueue) throw new Error(`${stop.what} jumps the queue`);
    if (await hasFocus(target)) return;
  }
  throw new Error(`not reached with Tab: ${target}; only ${path.join(' → ')}`);
}

const CONTROLS = ':is(a[href], button, input, select, textarea, summary):not(:disabled)';

/** Enough for lists that have a button in every line. */
const WHOLE_PAGE = 100;

/** Goes forward with Tab, from where the page has put the focus, to the last thing in it that can be used. */
export async function walkThrough(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const controls = page.getByRole('main').locator(CONTROLS).filter({ visible: true });
  if ((await controls.count()) === 0) return;
  await tabTo(visitor, controls.last(), WHOLE_PAGE);
}

/** Goes to the button or link of this name and presses it, as one does with the keyboard. */
export async function keyPress(visitor: Visitor, name: string | RegExp): Promise<void> {
  const { page } = visitor;
  const button = page.getByRole('button', { name, exact: true });
  await tabTo(visitor, button.or(page.getByRole('link', { name, exact: true })));
  await page.keyboard.press('Enter');
}

/** Goes to the field of this label, unless the page has put the focus there, and types. */
export async function keyType(visitor: Visitor, label: string | RegExp, text: string): Promise<void> {
  const { page } = visitor;
  const field = page.getByLabel(label, { exact: true });
  await field.waitFor();
  if (!(await hasFocus(field))) await tabTo(visitor, field);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Waits until the focus is there by itself. */
export async function awaitFocus(target: Locator): Promise<void> {
  await target.and(target.page().locator(':focus')).waitFor();
}

export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluateAll((found) => found.some((element) => element === document.activeElement));
}

function readStop(): Stop {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body)
    return { what: '(the browser)', hasMark: true, isInWindow: true, jumpsQueue: false, isNowhere: true };

  // A choice is marked on the whole of its label, a link that fills a box on the box.
  const marked = [element, element.closest('label'), element.closest('.box')].filter((one) => one !== null);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const words = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40);
  return {
    what: `${element.localName} “${words || element.getAttribute('name') || element.id}”`,
    hasMark: marked.some(isMarked),
    isInWindow: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    jumpsQueue: element.tabIndex > 0,
    isNowhere: false,
  };

  function isMarked(one: Element): boolean {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  }
}
