/** The part of the brand file that messages use. */
export interface MessageBrand {
  name: string;
  colours: { light: BrandColours; dark: BrandColours };
}

interface BrandColours {
  primary: string;
  onPrimary: string;
  tint: string;
  header: string;
  onHeader: string;
}

/** Colours of one scheme: those of the brand and the greys that go with them. */
export type Palette = BrandColours & { page: string; card: string; ink: string; muted: string; line: string };

const LIGHT_GREYS = { page: '#f2f5f8', card: '#ffffff', ink: '#17324d', muted: '#5b6f82', line: '#d9e1e8' };
const DARK_GREYS = { page: '#0d141b', card: '#16202b', ink: '#eef3f8', muted: '#a9b8c6', line: '#33424f' };

/** No web fonts: a mail client would have to fetch them. */
export const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
export const CODE_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Courier New', monospace";

/** The colours of e-mails under a brand. */
export function palettesOf({ colours }: MessageBrand): { light: Palette; dark: Palette } {
  return { light: { ...LIGHT_GREYS, ...colours.light }, dark: { ...DARK_GREYS, ...colours.dark } };
}

/**
 * What a mail client that knows media queries adds to the inlined styles: the dark colours, and less room
 * around the card on a narrow screen. Everything is readable without it.
 */
export function styleSheet(dark: Palette): string {
  return `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { text-decoration-thickness: from-font; }
@media (max-width: 520px) {
  .outer { padding: 0 !important; }
  .card { padding: 28px 20px !important; border-radius: 0 !important; }
  .header { border-radius: 0 !important; padding: 16px 20px !important; }
  .footer { padding: 20px !important; }
  .button a { display: block !important; text-align: center !important; }
  .button, .button table { width: 100% !important; }
}
@media (prefers-color-scheme: dark) {
  body, .outer { background: ${dark.page} !important; }
  .header { background: ${dark.header} !important; color: ${dark.onHeader} !important; }
  .card { background: ${dark.card} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .line { border-color: ${dark.line} !important; }
  .tint { background: ${dark.tint} !important; border-color: ${dark.primary} !important; }
  .link { color: ${dark.primary} !important; }
  .fill { background: ${dark.primary} !important; color: ${dark.onPrimary} !important; }
}`;
}
