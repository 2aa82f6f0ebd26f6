import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colourFaults, coloursFrom } from './brand-colours.ts';
import { contrast } from './contrast.ts';

const palette = readFileSync(new URL('./theme/_palette.scss', import.meta.url), 'utf8');
/** A colour of the theme. */
function themed(theme: 'light' | 'dark', name: string): string {
  const list = new RegExp(`@mixin ${theme} \\{([^}]*)\\}`).exec(palette)?.[1] ?? '';
  return new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(list)?.[1] ?? '';
}

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('[ACC-1] whatever is chosen: what is not refused is read everywhere, light and dark', () => {
  fc.assert(
    fc.property(colour, colour, (primary, header) => {
      if (colourFaults({ primary, header }).length > 0) return;
      const made = coloursFrom({ primary, header });
      for (const theme of ['light', 'dark'] as const) {
        const { primary: link, primaryStrong, onPrimary, tint, header: bar, onHeader, focus } = made[theme];
        const surfaces = ['page', 'surface', 'sunken', 'raised'].map((name) => themed(theme, name));
        for (const surface of [...surfaces, tint]) {
          expect(contrast(link, surface)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(primaryStrong, surface)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(themed(theme, 'text'), surface)).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(onPrimary, link)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(onPrimary, primaryStrong)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(onHeader, bar)).toBeGreaterThanOrEqual(4.5);
        for (const name of ['surface', 'page'])
          expect(contrast(focus, themed(theme, name))).toBeGreaterThanOrEqual(3);
      }
    }),
    { numRuns: 2000 },
  );
});

test('what cannot be read is refused, with the nearest that can', () => {
  const faults = colourFaults({ primary: '#7cb8ff', header: '#ffffff' });
  expect(faults.map(({ name }) => name)).toEqual(['primary', 'header']);
  const [primary, header] = faults.map(({ better }) => better);
  expect(colourFaults({ primary: primary ?? '', header: header ?? '' })).toEqual([]);
});
