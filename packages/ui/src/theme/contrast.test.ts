import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import brand from '../../brand.json' with { type: 'json' };
import { contrast } from '../contrast.ts';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for the borders of fields and the focus. */
const TEXT = 4.5;
const GRAPHIC = 3;

const palette = readFileSync(new URL('./_palette.scss', import.meta.url), 'utf8');

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const colours: Record<string, string> = { ...paletteOf(theme), ...brand.colours[theme] };
  const ratio = (one: string, other: string) => contrast(colours[one] ?? '', colours[other] ?? '');

  test.each([
    ...pairs(['text', 'muted', 'primary', 'primaryStrong'], ['page', 'surface', 'sunken', 'raised', 'tint']),
    ...pairs(['danger', 'success', 'warning'], ['surface', 'page']),
    ...pairs(['danger', 'text'], ['danger-soft']),
    ...pairs(['success', 'text'], ['success-soft']),
    ...pairs(['warning', 'text'], ['warning-soft']),
    ...pairs(['onPrimary'], ['primary', 'primaryStrong']),
    ...pairs(['on-danger'], ['danger', 'danger-strong']),
    ...pairs(['danger-strong'], ['danger-soft']),
    ...pairs(['onHeader'], ['header']),
  ])('%s is readable on %s', (text, background) => {
    expect(ratio(text, background)).toBeGreaterThanOrEqual(TEXT);
  });

  test.each([...pairs(['field-line', 'focus'], ['surface', 'page']), ...pairs(['onHeader'], ['header'])])(
    '%s is visible on %s',
    (line, background) => {
      expect(ratio(line, background)).toBeGreaterThanOrEqual(GRAPHIC);
    },
  );
});

function pairs(fronts: string[], backs: string[]): [string, string][] {
  return fronts.flatMap((front) => backs.map((back): [string, string] => [front, back]));
}

/** The colours of one of the two lists in the palette, by name. */
function paletteOf(theme: string): Record<string, string> {
  const list = new RegExp(`@mixin ${theme} \\{([^}]*)\\}`).exec(palette)?.[1] ?? '';
  const found = [...list.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]);
  expect(found.length).toBeGreaterThan(10);
  return Object.fromEntries(found);
}
