import { expect, test } from 'vitest';
import { OWN, testApp } from '../http/app.fixture.ts';
import { metricsRoute } from './metrics.route.ts';
import { openMetrics } from './metrics.ts';

const TOKEN = 'a-token-of-thirty-two-characters';

async function appWith(token: string | undefined) {
  const { app } = await testApp();
  const metrics = openMetrics();
  metrics.counter({ name: 'sigillo_a_total', help: 'A.', labels: {} })({});
  metricsRoute(app, metrics, token);
  return (headers: Record<string, string>) =>
    app.inject({ url: '/metrics', headers: { ...OWN, ...headers } });
}

test('without a token there is no /metrics', async () => {
  const ask = await appWith(undefined);
  for (const authorization of ['', 'Bearer ', 'Bearer undefined'])
    expect((await ask({ authorization })).statusCode).toBe(404);
});

test('with the token it is read, also by who addresses the node by its number, and never kept', async () => {
  const ask = await appWith(TOKEN);
  for (const host of [OWN.host, '192.0.2.1:8080']) {
    const answer = await ask({ authorization: `Bearer ${TOKEN}`, host });
    expect(answer.body).toContain('sigillo_a_total 1');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  }
  expect((await ask({ authorization: `Bearer ${TOKEN}`, host: 'evil.example' })).statusCode).toBe(421);
});
