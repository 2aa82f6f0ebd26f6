import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { isPhone, type Look } from './looks.ts';

/** WCAG 2.2 A and AA, and what axe calls good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The narrowest width that has to do without scrolling sideways: 1280 px at 400 % (WCAG 2.2, 1.4.10). */
const NARROWEST = 320;
/** What a finger hits; the standard itself asks for 24 (2.5.8), which axe checks. */
const FINGER = 44;
/** How long what floats may take to its new place when the window changes. */
const FRAMES = 30;

/**
 * What is wrong with a page as it stands, one line each: what axe finds in the light theme and, of colours, in
 * the dark one; scrolling sideways, also at 200 % and at 320 px; on a phone, main controls too small to hit.
 */
export async function accessibilityFaults(page: Page, look: Look, state: string): Promise<string[]> {
  await showTheme(page, 'light');
  const light = await axeFaults(page, `${state}, light`);
  await showTheme(page, 'dark');
  const dark = await axeFaults(page, `${state}, dark`, 'color-contrast');
  await showTheme(page, 'light');
  const small = isPhone(look) ? await smallControls(page, state) : [];
  return [...light, ...dark, ...small, ...(await sidewaysFaults(page, look, state))];
}

/** Shows a theme, and waits for what comes after the page itself: its fonts, and colours that change slowly. */
async function showTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}

async function axeFaults(page: Page, state: string, only?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const runOnly = only ? [only] : RULES;
  const { violations } = await page.evaluate(async (values) => {
    const { axe: judge } = window as unknown as { axe: typeof axe };
    return judge.run(document, {
      runOnly: { type: values.length === 1 ? 'rule' : 'tag', values },
      resultTypes: ['violations'],
      iframes: false,
    });
  }, runOnly);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => {
      const why = failureSummary.split('\n').slice(1).join(';').trim();
      return `${state}: ${impact} ${id} at ${target.join(' ')} (${why})`;
    }),
  );
}

async function sidewaysFaults(page: Page, look: Look, state: string): Promise<string[]> {
  const size = page.viewportSize();
  if (!size) return [];
  const faults: string[] = [];
  for (const width of new Set([look.width, Math.max(NARROWEST, look.width / 2), NARROWEST])) {
    await page.setViewportSize({ ...size, width });
    const beyond = await page.evaluate(async (frames) => {
      const root = document.documentElement;
      for (let frame = 0; frame < frames && root.scrollWidth > root.clientWidth; frame++)
        await new Promise(requestAnimationFrame);
      return root.scrollWidth - root.clientWidth;
    }, FRAMES);
    if (beyond > 0) faults.push(`${state}: at ${width} px ${beyond} px are beyond the edge`);
  }
  await page.setViewportSize(size);
  return faults;
}

/** Buttons and fields that a finger would miss. A tick or a switch is hit on its label too. */
async function smallControls(page: Page, state: string): Promise<string[]> {
  const small = await page.evaluate((least) => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, .button, input:not([type=hidden]), select, textarea, summary',
    );
    return [...controls].filter(isShown).flatMap((control) => {
      const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
      if (width >= least && height >= least) return [];
      return `${control.textContent || control.getAttribute('aria-label') || control.id} ${width}×${height}`;
    });

    /** What is for screen readers alone stands in a box of one pixel. */
    function isShown(control: Element): boolean {
      for (let box: Element | null = control; box; box = box.parentElement)
        if (box.getBoundingClientRect().width <= 1) return false;
      return control.checkVisibility();
    }
  }, FINGER);
  return small.map((control) => `${state}: too small for a finger: ${control}`);
}
