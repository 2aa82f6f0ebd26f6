import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/**
 * Puts the cursor into the first field of a step, where there is a real keyboard: on a phone it would open the
 * on-screen one over what should be read first. Only once: what happens later must not move the cursor.
 *
 * @param wanted whether this is the field to start in
 */
export function useFocusOnMount<Field extends HTMLElement>(wanted = true): RefObject<Field | null> {
  const field = useRef<Field>(null);
  const start = useEffectEvent(() => {
    if (wanted && matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  });
  useEffect(() => start(), []);
  return field;
}
