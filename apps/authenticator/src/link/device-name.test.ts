import { expect, test } from 'vitest';
import { runsOn } from './device-name.ts';

const MOZILLA = 'Mozilla/5.0';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [
    `${MOZILLA} (Linux; Android 10; K) ${WEBKIT} Chrome/128.0.0.0 Mobile Safari/537.36`,
    5,
    'Chrome',
    'Android',
    false,
  ],
  [
    `${MOZILLA} (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`,
    5,
    'Samsung Internet',
    'Android',
    false,
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1`,
    5,
    'Safari',
    'iPhone',
    false,
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`,
    5,
    'Safari',
    'iPad',
    false,
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`,
    0,
    'Safari',
    'macOS',
    true,
  ],
  [
    `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0`,
    10,
    'Edge',
    'Windows',
    true,
  ],
  [`${MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`, 0, 'Firefox', 'Linux', true],
])('%s', (userAgent, touchPoints, browser, system, isComputer) => {
  expect(runsOn(userAgent, touchPoints)).toEqual({ browser, system, isComputer });
});

test('what says nothing is not guessed', () => {
  expect(runsOn('', 0)).toEqual({ browser: '', system: '', isComputer: false });
});
