import { type RefObject, useEffect, useRef } from 'react';

/** The browser reads the first page out by itself; only what comes after it needs the focus. */
let pageWasShown = false;

/**
 * Gives the focus to the heading of a page or step that has just appeared, so that keyboards start there and
 * screen readers say where one is; unless a field of the same page has taken it already.
 */
export function useHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const inside = heading.current?.closest('main, dialog')?.contains(document.activeElement);
    const fieldHasFocus = inside && document.activeElement?.matches('input, select, textarea, [role=alert]');
    if (pageWasShown && !fieldHasFocus) heading.current?.focus();
    pageWasShown = true;
  }, []);
  return heading;
}
