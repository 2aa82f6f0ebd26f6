const STYLE_ID = 'react-aria-pressable-style';
const TOP_LAYER = 'data-react-aria-top-layer';

/**
 * Suits React Aria to three rules of these pages, while a component of it is on screen.
 *
 * No inline styles (content security policy): it would put a style element into the page, and skips that when
 * an element with its id exists; the one rule it holds stands in the theme.
 *
 * Nothing with focus is hidden from screen readers: while a list is open it marks the rest of the page
 * `aria-hidden`, though one can still tab there. What is marked as a top layer is left alone.
 *
 * Nothing closes because the page moves: our lists are part of the page and move along, and a page moves by itself
 * when a field comes into view, which may be noticed only after the first letters are typed.
 *
 * @returns takes it all back
 */
export function suitReactAria(): () => void {
  const style = document.createElement('meta');
  style.id = STYLE_ID;
  document.head.append(style);

  const page = [...document.body.children];
  for (const element of page) element.setAttribute(TOP_LAYER, 'true');

  // Asked before React Aria, which asks to be told only once a list is open.
  window.addEventListener('scroll', keepToYourself, true);
  return () => {
    style.remove();
    for (const element of page) element.removeAttribute(TOP_LAYER);
    window.removeEventListener('scroll', keepToYourself, true);
  };
}

function keepToYourself(event: Event): void {
  if (event.target === document) event.stopImmediatePropagation();
}
