/** A logo is a small picture: large ones slow every page down. */
export const LOGO_BYTES = 64 * 1024;
const LOGO_PIXELS = 1024;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Size {
  width: number;
  height: number;
}

/**
 * The size of a PNG that will do as a logo: nothing in it can run (ISO/IEC 15948: its header comes first, with both
 * sizes; its end is a chunk of its own).
 */
export function logoSize(content: Buffer): Size | undefined {
  const isPng = content.length >= 45 && content.length <= LOGO_BYTES && content.subarray(0, 8).equals(PNG);
  if (!isPng || content.subarray(12, 16).toString('latin1') !== 'IHDR') return undefined;
  if (content.subarray(-8, -4).toString('latin1') !== 'IEND') return undefined;
  const size = { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
  const isSmall = [size.width, size.height].every((pixels) => pixels > 0 && pixels <= LOGO_PIXELS);
  return isSmall ? size : undefined;
}

/** The same as an SVG element, which is what pages, apps and caches know a logo as. */
export function svgOf(png: Buffer): string {
  const { width, height } = logoSize(png) ?? { width: 1, height: 1 };
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const size = `width='${width}' height='${height}'`;
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${width} ${height}'><image ${size} href='${href}'/></svg>`;
}
