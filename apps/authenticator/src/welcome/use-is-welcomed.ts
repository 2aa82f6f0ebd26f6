import { useState } from 'react';

const KEY = 'sigillo.welcomed';

/** Whether the welcome was read on this device, and what remembers that it was. */
export function useIsWelcomed(): [isWelcomed: boolean, setWelcomed: () => void] {
  const [isWelcomed, setIsWelcomed] = useState(() => localStorage.getItem(KEY) !== null);
  const setWelcomed = (): void => {
    localStorage.setItem(KEY, 'yes');
    setIsWelcomed(true);
  };
  return [isWelcomed, setWelcomed];
}
