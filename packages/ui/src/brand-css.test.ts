import { expect, test } from 'vitest';
import brand from '../brand.json' with { type: 'json' };
import { type Brand, brandCss } from './brand-css.ts';

const withPrimary = (primary: string): Brand => ({
  ...brand,
  colours: { ...brand.colours, light: { ...brand.colours.light, primary } },
});

test('the brand becomes custom properties, light first, dark when the system or the visitor asks', () => {
  const css = brandCss(brand);
  expect(css).toContain(`--brand-primary:${brand.colours.light.primary};`);
  expect(css).toContain(`--brand-on-primary:${brand.colours.light.onPrimary};`);
  expect(css).toMatch(/@media \(prefers-color-scheme:dark\)\{:root:not\(\[data-theme="light"\]\)/);
  expect(css).toContain(`:root[data-theme="dark"]{--brand-primary:${brand.colours.dark.primary};`);
});

test('nothing but colours and font names gets into the style sheet', () => {
  expect(() => brandCss(withPrimary('red;} body{display:none'))).toThrow(RangeError);
  expect(() => brandCss(withPrimary('#06c'))).toThrow(RangeError);
  expect(() => brandCss({ ...brand, font: 'x; } @import url(//example.org)' })).toThrow(RangeError);
});

test('the logo is one SVG element without script or outside reference', () => {
  expect(brand.logo).toMatch(/^<svg [\s\S]*<\/svg>$/);
  expect(brand.logo.replace("xmlns='http://www.w3.org/2000/svg'", '')).not.toMatch(
    /<script|on\w+=|https?:|<image/,
  );
});
