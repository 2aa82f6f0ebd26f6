import { writeFile } from 'node:fs/promises';
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
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([head, frame, frame]));
}
