import type { MediaType } from './case.ts';
import { fileRefused } from './cases.problems.ts';

/** [PRF-1] */
export const MOST_BYTES = 10 * 1024 * 1024;
const MOST_PIXELS = 50_000_000;

/**
 * What a file is, by its content and nothing it is called.
 *
 * @throws fileRefused when it is neither JPEG, PNG nor PDF, or too large
 */
export function mediaTypeOf(content: Buffer): MediaType {
  if (content.length === 0 || content.length > MOST_BYTES) throw fileRefused({ reason: 'size' });
  if (content.subarray(0, 3).equals(JPEG)) return withPixels('image/jpeg', jpegSize(content));
  if (content.subarray(0, 8).equals(PNG)) return withPixels('image/png', pngSize(content));
  if (isPdf(content)) return 'application/pdf';
  throw fileRefused({ reason: 'type' });
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Size {
  width: number;
  height: number;
}

function withPixels(type: MediaType, size: Size | undefined): MediaType {
  if (!size || size.width === 0 || size.height === 0) throw fileRefused({ reason: 'content' });
  if (size.width * size.height > MOST_PIXELS) throw fileRefused({ reason: 'pixels' });
  return type;
}

/** ISO/IEC 15948: the header comes first, with both sizes; the end is a chunk of its own. */
function pngSize(content: Buffer): Size | undefined {
  const isWhole = content.length >= 45 && content.subarray(-8, -4).toString('latin1') === 'IEND';
  if (!isWhole || content.subarray(12, 16).toString('latin1') !== 'IHDR') return undefined;
  return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
}

/** ITU-T T.81 §B.1.1: markers with lengths, until the start of a frame. */
function jpegSize(content: Buffer): Size | undefined {
  let at = 2;
  while (at + 9 < content.length && content[at] === 0xff) {
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker))
      return { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) };
    else at += 2 + content.readUInt16BE(at + 2);
  }
  return undefined;
}

/** SOF0 … SOF15, without the three that are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** ISO 32000-2 §7.5.2, §7.5.5: begins and ends as one. */
function isPdf(content: Buffer): boolean {
  const isBegun = content.subarray(0, 5).toString('latin1') === '%PDF-';
  return isBegun && content.subarray(-1024).includes('%%EOF');
}
