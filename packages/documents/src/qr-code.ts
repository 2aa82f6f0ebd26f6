import QRCode from 'qrcode';
import type { Tag } from './pdfkit-document.ts';
import type { Sheet } from './sheet.ts';

/**
 * A QR code as a drawing, with its alternative text. The caller leaves white around it: four modules (ISO/IEC 18004),
 * which is at most 0.16 of the side for a text of 15 bytes or more.
 */
export function addQrCode(
  sheet: Sheet,
  text: string,
  alt: string,
  place: { x: number; y: number; side: number },
): void {
  const { x, y, side } = place;
  const bbox = [x, y, x + side, y + side];
  const figure = sheet.doc.struct('Figure', { alt, bbox, placement: 'Block' } as object) as Tag;
  sheet.root.add(figure);
  figure.add(() => drawModules(sheet, text, place));
  figure.end();
}

function drawModules(
  sheet: Sheet,
  text: string,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const unit = side / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) sheet.doc.rect(x + column * unit, y + row * unit, unit, unit);
    }
  }
  // One fill of all: no hair lines between modules.
  sheet.doc.fill('#000000');
}
