import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import QRCode from 'qrcode';

/** A QR code as a PNG file, as one saves it from a page. */
export function qrPicture(text: string): Promise<Buffer> {
  return QRCode.toBuffer(text, { scale: 6, margin: 4 });
}

const WIDTH = 640;
const HEIGHT = 480;
/** Neither colour: the middle of both (BT.601). */
const NO_COLOUR = 128;

/**
 * A film of a QR code held before a grey wall, in the format that Chromium's pretended camera plays
 * (YUV4MPEG2, 4:2:0). The code is not where one would put it: a little to the side, and small.
 */
export async function filmQrCode(text: string, file: string): Promise<void> {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 8;
  const scale = Math.floor((HEIGHT * 0.75) / side);
  const [left, top] = [WIDTH - side * scale - 40, 50];
  const luma = Buffer.alloc(WIDTH * HEIGHT, 150);
  for (let y = 0; y < side * scale; y += 1) {
    for (let x = 0; x < side * scale; x += 1) {
      const [column, row] = [Math.floor(x / scale) - 4, Math.floor(y / scale) - 4];
      const isInside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
      const isDark = isInside && modules.get(row, column);
      luma[(top + y) * WIDTH + left + x] = isDark ? 30 : 225;
    }
  }
  await writeFilm(file, luma);
}

/**
 * A film of what a page really shows around one of its parts, as a camera that is held before the screen sees it.
 *
 * @param part what is in the middle of the picture
 */
export async function filmPage(part: Locator, file: string): Promise<void> {
  await part.scrollIntoViewIfNeeded();
  const box = await part.boundingBox();
  if (!box) throw new Error('there is nothing to be filmed');
  const clip = {
    x: Math.max(0, box.x + box.width / 2 - WIDTH / 2),
    y: Math.max(0, box.y + box.height / 2 - HEIGHT / 2),
    width: WIDTH,
    height: HEIGHT,
  };
  const shot = (await part.page().screenshot({ clip })).toString('base64');
  await writeFilm(file, Buffer.from(await lumaOf(part.page(), shot), 'base64'));
}

/** How bright each pixel of a PNG file is, row by row; read in a page of its own (BT.601). */
async function lumaOf(page: Page, png: string): Promise<string> {
  const reader = await page.context().newPage();
  const luma = await reader.evaluate(
    async ([base64, width, height]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      context?.drawImage(await createImageBitmap(new Blob([bytes], { type: 'image/png' })), 0, 0);
      const pixels = context?.getImageData(0, 0, width, height).data ?? [];
      let text = '';
      for (let at = 0; at < pixels.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
        text += String.fromCharCode(16 + Math.round(0.257 * red + 0.504 * green + 0.098 * blue));
      }
      return btoa(text);
    },
    [png, WIDTH, HEIGHT] as const,
  );
  await reader.close();
  return luma;
}

async function writeFilm(file: string, luma: Buffer): Promise<void> {
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([head, frame, frame]));
}
