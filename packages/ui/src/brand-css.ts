/** Colours that a brand may choose; everything else (text, surfaces, states) belongs to the theme. */
export interface BrandColours {
  /** Buttons and links: at least 4.5:1 on cards, on the page and on `tint`. */
  primary: string;
  /** Pressed and hovered buttons. */
  primaryStrong: string;
  /** Text on `primary` and on `primaryStrong`. */
  onPrimary: string;
  /** Soft background of what is chosen or highlighted. */
  tint: string;
  header: string;
  onHeader: string;
  /** Outline of what has the keyboard focus: at least 3:1 on cards and on the page. */
  focus: string;
}

/** The one file that makes an installation look like its owner: `brand.json`. */
export interface Brand {
  name: string;
  /** A whole SVG element. The server serves it by itself as an image, so that it never runs in a page. */
  logo: string | null;
  /** A CSS font stack. Only Titillium Web is bundled; other names must be present on the visitor's system. */
  font: string;
  supportEmail: string | null;
  chatUrl: string | null;
  colours: { light: BrandColours; dark: BrandColours };
}

const HEX_COLOUR = /^#[0-9a-f]{6}$/i;
const FONT_STACK = /^[\w\s',-]+$/;

/**
 * The brand as CSS custom properties (`--brand-primary` and so on), for `/brand.css`. Dark colours apply when
 * the system asks for them, or when the visitor chose them (`data-theme` on the root element).
 *
 * @throws RangeError when a colour is not `#rrggbb` or the font stack holds anything but names, since either
 *   would otherwise be copied into a style sheet
 */
export function brandCss(brand: Brand): string {
  if (!FONT_STACK.test(brand.font)) throw new RangeError(`brand font is not a font stack: ${brand.font}`);

  const light = declarations(brand.colours.light);
  const dark = declarations(brand.colours.dark);
  return [
    `:root{--brand-font:${brand.font};${light}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${dark}}}`,
    `:root[data-theme="dark"]{${dark}}`,
    '',
  ].join('\n');
}

function declarations(colours: BrandColours): string {
  return Object.entries(colours)
    .map(([name, value]) => {
      if (!HEX_COLOUR.test(value)) throw new RangeError(`brand colour ${name} is not #rrggbb: ${value}`);
      return `--brand-${kebab(name)}:${value};`;
    })
    .join('');
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
