import { type RefObject, useEffect, useRef } from 'react';

/**
 * Puts the cursor into the first field of a step, where there is a real keyboard: on a phone it would open the
 * on-screen one over what should be read first.
 */
export function useFocusOnMount<Field extends HTMLElement>(wanted = true): RefObject<Field | null> {
  const field = useRef<Field>(null);
  useEffect(() => {
    if (wanted && matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, [wanted]);
  return field;
}
