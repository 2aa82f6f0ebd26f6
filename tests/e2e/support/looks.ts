import type { BrowserContextOptions } from 'playwright-core';

/** How a journey meets the pages: in which language, on which screen. */
export interface Look {
  language: 'it' | 'en';
  /** Of the window, in CSS pixels; up to 480 is a phone, with touch. */
  width: number;
}

/** Every journey is made by somebody on a phone in Italian, and by somebody at a desk in English. */
export const LOOKS: readonly Look[] = [
  { language: 'it', width: 360 },
  { language: 'en', width: 1440 },
];

/** Whether nobody could scan this screen with the phone in their hand: it is that phone. */
export const isPhone = ({ width }: Look): boolean => width <= 480;

/** The browser of such a person. */
export function contextOptionsOf(look: Look): BrowserContextOptions {
  return {
    viewport: { width: look.width, height: isPhone(look) ? 740 : 900 },
    locale: look.language === 'it' ? 'it-IT' : 'en-GB',
    timezoneId: 'Europe/Rome',
    isMobile: isPhone(look),
    hasTouch: isPhone(look),
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  };
}
