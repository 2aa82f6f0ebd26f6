import type { TFunction } from 'i18next';

/** What this app runs on, as far as the browser tells. */
export interface RunsOn {
  browser: string;
  system: string;
  isComputer: boolean;
}

const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
];
const CARRIED = ['iPhone', 'iPad', 'Android'];

/** Reads it from the browser's own description. An iPad calls itself a Mac; no Mac has a touch screen. */
export function runsOn(userAgent: string, maxTouchPoints: number): RunsOn {
  const nameIn = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '';
  const named = nameIn(SYSTEMS);
  const system = named === 'macOS' && maxTouchPoints > 1 ? 'iPad' : named;
  return { browser: nameIn(BROWSERS), system, isComputer: system !== '' && !CARRIED.includes(system) };
}

/** Whether this is the authenticator of a computer. */
export const isOnComputer = (): boolean => runsOn(navigator.userAgent, navigator.maxTouchPoints).isComputer;

/** How account pages call this app: "Chrome on Android". */
export function deviceName(t: TFunction): string {
  const { browser, system, isComputer } = runsOn(navigator.userAgent, navigator.maxTouchPoints);
  if (!browser || !system) return t('linked.device-unknown');
  return t(isComputer ? 'linked.device-computer' : 'linked.device-phone', { browser, system });
}
