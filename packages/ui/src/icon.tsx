import type { ReactElement } from 'react';

/** Line drawings on a grid of 24, one weight, so that they read as one hand. */
const DRAWINGS = {
  'arrow-down': 'M12 5v14m6-6-6 6-6-6',
  'arrow-left': 'M19 12H5m6-6-6 6 6 6',
  'arrow-right': 'M5 12h14m-6-6 6 6-6 6',
  'arrow-up': 'M12 19V5m6 6-6-6-6 6',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zm4 4.2a2.2 2.2 0 0 0 4 0',
  chat: 'M4 5h16v11H10l-4 4v-4H4z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  'check-circle': 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm-4-8.8 2.8 2.8L16 9.5',
  'chevron-down': 'm6 9.5 6 6 6-6',
  'chevron-right': 'm9.5 6 6 6-6 6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-14v5l3 2',
  close: 'm6 6 12 12M18 6 6 18',
  computer: 'M4 5h16v11H4zm5 15h6m-3-4v4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zm9.5 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  'eye-off':
    'M10 5.7q1-.2 2-.2c6 0 9.5 6.5 9.5 6.5s-1 1.9-3 3.6M6.2 7.2C3.8 9.2 2.5 12 2.5 12s3.5 6.5 9.5 6.5q2.2 0 4.1-.9M9.9 9.9a3 3 0 0 0 4.2 4.2M4 4l16 16',
  external: 'M14 4h6v6m0-6-9 9M18 14v6H4V6h6',
  sliders:
    'M4 7h9m4 0h3M4 17h3m4 0h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-6 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3.5 9h17m-17 6h17M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5A2.5 2.5 0 1 1 12 12.2v1.3m0 3.3v.1',
  home: 'M4 11.5 12 4l8 7.5M6 10v10h12V10m-8 10v-6h4v6',
  'id-card':
    'M3 6h18v12.5H3zm5.5 7a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8zm-3 2.6c.5-1.6 1.6-2.3 3-2.3s2.5.7 3 2.3m3-5.6h3.5m-3.5 4h3.5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-10v5.5m0-9v.1',
  key: 'M15.5 14a5 5 0 1 0-4.8-3.6L4 17v3h3.5v-2.2h2.2v-2.2l1.5-1.5M16 8.5v.1',
  lock: 'M6 11h12v9H6zm2.5 0V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2',
  'log-out': 'M14 4H5v16h9m-4-8h10m-4-4.5 4.5 4.5-4.5 4.5',
  mail: 'M3.5 6h17v12.5h-17zm0 1 8.5 6.5L20.5 7',
  message: 'M4 5h16v11h-8l-4.5 4v-4H4zm4 5.5v.1m4-.1v.1m4-.1v.1',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  passkey:
    'M7 19.5c1.4-2.3 2-4.6 2-7.2a3 3 0 0 1 6 0c0 2.4-.3 4.7-1 6.9M12 12.3c0 3-.7 5.8-2.2 8.4M4.6 16.3c.7-1.2 1-2.5 1-4a6.4 6.4 0 0 1 12.8 0c0 2-.2 3.8-.6 5.6M7 6.2a8.3 8.3 0 0 1 10-.6',
  pause: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.8 8.5v7m4.4-7v7',
  pencil: 'm14.5 6.5 3 3M5 19l1-4L16.5 4.5l3 3L9 18z',
  phone: 'M7.5 3h9v18h-9zm3.5 15h2',
  plus: 'M12 5v14m-7-7h14',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2-5.1M19.5 4v4h-4',
  scan: 'M4 8V4h4m8 0h4v4m0 8v4h-4m-8 0H4v-4M8 8h3v3H8zm5 0h3v3h-3zm-5 5h3v3H8zm5 0v3m3-3v3',
  shield: 'M12 3.5 5 6v5.5c0 4.5 3 7.3 7 9 4-1.7 7-4.5 7-9V6zm-3 8.3 2.2 2.2 4-4.3',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  upload: 'M12 15V4m-4.5 4.5L12 4l4.5 4.5M5 20h14',
  tablet: 'M5 3h14v18H5zm6 15h2',
  trash: 'M4.5 7h15M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5m4-5v5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-7.5 8.5c.8-4 3.7-5.5 7.5-5.5s6.7 1.5 7.5 5.5',
  warning: 'M12 4 2.5 20h19zm0 6v4.5m0 2.7v.1',
} as const;

export type IconName = keyof typeof DRAWINGS;

/** A picture beside words; hidden from screen readers, since the words say it. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }): ReactElement {
  return (
    <svg
      className={small ? 'icon icon--small' : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
