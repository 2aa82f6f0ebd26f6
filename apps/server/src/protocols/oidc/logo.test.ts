import { expect, test } from 'vitest';
import { readLogo } from './logo.ts';

const dataUri = (type: string, bytes: Buffer | string) =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

test('a PNG and an SVG are logos, by their content', () => {
  expect(readLogo(dataUri('image/svg+xml', SVG))).toEqual({ type: 'image/svg+xml', bytes: Buffer.from(SVG) });
  expect(readLogo(dataUri('image/svg+xml', `<?xml version="1.0"?>\n${SVG}`))?.type).toBe('image/svg+xml');
  expect(readLogo(dataUri('image/png', PNG))).toEqual({ type: 'image/png', bytes: PNG });
});

test.each([
  ['another type', dataUri('text/html', SVG)],
  ['a page that says it is an SVG', dataUri('image/svg+xml', '<html><svg></svg>')],
  ['an SVG that says it is a PNG', dataUri('image/png', SVG)],
  ['a PNG that says it is an SVG', dataUri('image/svg+xml', PNG)],
  ['something long', dataUri('image/svg+xml', `<svg>${' '.repeat(64 * 1024)}</svg>`)],
  ['an address elsewhere', 'https://evil.example/logo.svg'],
  ['text that is not base64', 'data:image/png;base64,****'],
])('%s is no logo', (_what, text) => {
  expect(readLogo(text)).toBeUndefined();
});
