import type { Brand, BrandColours } from './brand-css.ts';
import { contrast, mixed } from './contrast.ts';

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for the outline of what has the focus. */
const TEXT = 4.5;
const GRAPHIC = 3;

/** Of the theme (`_palette.scss`): what a brand's colours are read on. */
const LIGHT = ['#ffffff', '#f3f6fa'];
const DARK = ['#142231', '#0d1722', '#0f1b28', '#1c2d3f'];
const DARK_CARD = '#142231';
const DARK_PAGE = '#0d1722';
const DARK_FOCUS = '#ffd166';
const WHITE = '#ffffff';
const BLACK = '#000000';
const STEP = 0.05;

/** What an organisation chooses: for buttons and links, and for the bar on top. */
export interface ChosenColours {
  primary: string;
  header: string;
}

/** A choice that could not be read: which, how much contrast it has and needs, and the nearest that would do. */
export interface ColourFault {
  name: keyof ChosenColours;
  ratio: number;
  needed: number;
  better: string;
}

/** Every colour of a brand, light and dark, from the two that were chosen. */
export function coloursFrom({ primary, header }: ChosenColours): Brand['colours'] {
  return { light: lightOf(primary, header), dark: darkOf(primary, header) };
}

function lightOf(primary: string, header: string): BrandColours {
  const isVisible = LIGHT.every((surface) => contrast(header, surface) >= GRAPHIC);
  return {
    primary,
    primaryStrong: mixed(primary, BLACK, 0.25),
    onPrimary: WHITE,
    tint: tintOf(primary),
    header,
    onHeader: WHITE,
    focus: isVisible ? header : primary,
  };
}

const tintOf = (primary: string): string => mixed(primary, WHITE, 0.92);

/** The same hue, light enough to be read on dark surfaces. */
function darkOf(primary: string, header: string): BrandColours {
  const tint = mixed(primary, DARK_CARD, 0.8);
  const shown = until(primary, WHITE, (colour) => isReadOn(colour, [...DARK, tint]));
  return {
    primary: shown,
    primaryStrong: mixed(shown, WHITE, 0.35),
    onPrimary: until(mixed(primary, BLACK, 0.7), BLACK, (colour) => isReadOn(colour, [shown])),
    tint,
    header: mixed(header, DARK_PAGE, 0.7),
    onHeader: WHITE,
    focus: DARK_FOCUS,
  };
}

const isReadOn = (colour: string, surfaces: readonly string[]): boolean =>
  surfaces.every((surface) => contrast(colour, surface) >= TEXT);

/** The colour, or the first on its way to another one that will do. */
function until(colour: string, towards: string, willDo: (colour: string) => boolean): string {
  for (let share = 0; share < 1; share += STEP) {
    const next = mixed(colour, towards, share);
    if (willDo(next)) return next;
  }
  return towards;
}

/** What of a choice could not be read: links on cards, on the page and on what is highlighted, names on the bar. */
export function colourFaults({ primary, header }: ChosenColours): ColourFault[] {
  const faults: ColourFault[] = [];
  const judge = (name: keyof ChosenColours, colour: string, ratioOf: (colour: string) => number): void => {
    const ratio = ratioOf(colour);
    if (ratio >= TEXT) return;
    const better = until(colour, BLACK, (darker) => ratioOf(darker) >= TEXT);
    faults.push({ name, ratio: Math.floor(ratio * 100) / 100, needed: TEXT, better });
  };
  judge('primary', primary, (colour) =>
    Math.min(...[...LIGHT, tintOf(colour)].map((surface) => contrast(colour, surface))),
  );
  judge('header', header, (colour) => contrast(WHITE, colour));
  return faults;
}
