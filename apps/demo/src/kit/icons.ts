import type { Html } from './html.ts';
import { html } from './html.ts';

/** Drawings of 24 by 24 units, in strokes. */
const DRAWINGS = {
  cases: html`<path d="M4 6h16v10H9l-5 4z"/><path d="M8 10h8M8 13h5"/>`,
  details: html`<circle cx="12" cy="8" r="4"/><path d="M4 20c1-4 4-6 8-6s7 2 8 6"/>`,
  contract: html`<path d="M6 3h9l4 4v14H6z"/><path d="M14 3v5h5M9 13h7M9 17h5"/>`,
  talk: html`<path d="M5 4h4l2 5-3 2c1 3 3 5 6 6l2-3 4 2v4c-9 1-16-7-15-16z"/>`,
  lock: html`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  done: html`<circle cx="12" cy="12" r="9"/><path d="m8 12 3 3 5-6"/>`,
  waiting: html`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`,
  reply: html`<path d="m9 7-5 5 5 5"/><path d="M4 12h9c4 0 6 2 7 6"/>`,
  list: html`<path d="M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1"/>`,
  sum: html`<path d="M17 6a7 7 0 1 0 0 12M4 10h9M4 14h9"/>`,
} as const;

export type IconName = keyof typeof DRAWINGS;

/** An icon in the colour of the text; the words beside it say the same. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${DRAWINGS[name]}</svg>`;
}
