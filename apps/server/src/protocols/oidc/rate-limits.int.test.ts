import { expect, test } from 'vitest';
import { HttpBrowser } from '../../../../../tests/setup/http-browser.ts';
import { tooManyTries } from '../../platform/limits/limits.problems.ts';
import { oidcInstallation } from './oidc.fixture.ts';

test('requests are counted for each network, at the endpoints that cost something', async () => {
  const taken: string[] = [];
  const limits = {
    take: (key: string) => {
      taken.push(key);
      if (taken.filter((one) => one === key).length > 2) throw tooManyTries({ retryAfterSeconds: 30 });
    },
  };
  await using at = await oidcInstallation(1, { limits });
  const [one, other] = [new HttpBrowser(at.issuer), new HttpBrowser(at.issuer)];
  const visit = (browser: HttpBrowser) => browser.request('GET', '/oidc/authorize?client_id=nobody');
  const ask = (browser: HttpBrowser) => browser.request('POST', '/oidc/token', 'grant_type=x');
  for (const call of [visit, ask]) {
    const answers = [await call(one), await call(one), await call(one), await call(other)];
    expect(answers.map(({ status }) => status === 429)).toEqual([false, false, true, false]);
    expect(answers[2]?.headers.get('retry-after')).toBe('30');
  }
  expect(new Set(taken)).toEqual(
    new Set([one, other].flatMap(({ address }) => [`oidc-authorize/${address}`, `oidc-token/${address}`])),
  );
});
