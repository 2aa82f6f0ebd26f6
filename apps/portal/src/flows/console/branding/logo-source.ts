/**
 * What an image shows of a logo.
 *
 * @param logo a PNG in base64; null for the installation's own
 * @param own an SVG element; null where there is none
 */
export function logoSource(logo: string | null, own: string | null): string | undefined {
  if (logo !== null) return `data:image/png;base64,${logo}`;
  return own === null ? undefined : `data:image/svg+xml,${encodeURIComponent(own)}`;
}
