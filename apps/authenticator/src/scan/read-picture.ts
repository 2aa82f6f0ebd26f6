import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

// From our own origin, where the service worker keeps it; the library would ask a network of others.
prepareZXingModule({ overrides: { locateFile: () => wasm } });

/** Larger pictures are made smaller first: a code that a person can see survives that. */
const MAX_SIDE = 1600;
const MAX_FILE_BYTES = 30 * 1024 * 1024;

/** The texts of all QR codes in a picture file. @throws DOMException when it is no picture that the browser can read */
export async function readPictureFile(file: Blob): Promise<string[]> {
  if (file.size > MAX_FILE_BYTES) throw new DOMException('too large', 'EncodingError');
  const bitmap = await createImageBitmap(file);
  try {
    return await readQrCodes(pixelsOf(bitmap, bitmap.width, bitmap.height));
  } finally {
    bitmap.close();
  }
}

/** The texts of all QR codes that a playing video shows now. */
export async function readVideo(video: HTMLVideoElement): Promise<string[]> {
  if (video.videoWidth === 0) return [];
  return readQrCodes(pixelsOf(video, video.videoWidth, video.videoHeight));
}

async function readQrCodes(pixels: ImageData): Promise<string[]> {
  const found = await readBarcodes(pixels, { formats: ['QRCode'], maxNumberOfSymbols: 8 });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}

const canvas = document.createElement('canvas');

function pixelsOf(source: CanvasImageSource, width: number, height: number): ImageData {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DOMException('no canvas', 'EncodingError');
  // A picture may be see-through where a code is white.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
