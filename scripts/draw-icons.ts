/**
 * Draws the icons of the installed authenticator from the logo and the colours of a brand file, after which
 * `npm run build` takes them in:
 *
 *   node scripts/draw-icons.ts [brand.json]
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../tests/e2e/support/browser.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'apps/authenticator/public/icons');

/** How much of the picture the logo takes: what a mask may cut off stays free (W3C manifest, 80 % in the middle). */
const ICONS = [
  { file: 'icon-192', side: 192, share: 1, isFilled: false },
  { file: 'icon-512', side: 512, share: 1, isFilled: false },
  { file: 'maskable-192', side: 192, share: 0.62, isFilled: true },
  { file: 'maskable-512', side: 512, share: 0.62, isFilled: true },
  { file: 'apple-touch', side: 180, share: 0.7, isFilled: true },
];

const brand = JSON.parse(readFileSync(process.argv[2] ?? join(ROOT, 'packages/ui/brand.json'), 'utf8'));
if (!brand.logo) throw new Error('this brand has no logo to draw');
const logo = `data:image/svg+xml;base64,${Buffer.from(brand.logo).toString('base64')}`;
mkdirSync(FOLDER, { recursive: true });
const browser = await launchBrowser();
const page = await browser.newPage();
for (const { file, side, share, isFilled } of ICONS) {
  await page.setViewportSize({ width: side, height: side });
  const background = isFilled ? brand.colours.light.header : 'transparent';
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${background}">
      <img src="${logo}" style="width:${share * 100}%;height:${share * 100}%">`,
  );
  await page.screenshot({ path: join(FOLDER, `${file}.png`), omitBackground: !isFilled });
}
await browser.close();
