import { expect, test } from 'vitest';
import { z } from 'zod';
import { OWN, testApp } from './app.fixture.ts';

const CANARY = 'canary-8d1f';

test('[AUD-3] passwords, codes and cookies never reach the log, wherever they are sent', async () => {
  const { app, lines } = await testApp();
  const schema = { hide: true, params: z.object({ id: z.string() }) };
  app.get('/pages/:id', { schema }, () => 'a page');
  app.post('/throws', { schema: { hide: true } }, ({ body }) =>
    JSON.parse(String(Object.values(Object(body))[0])),
  );

  const everywhere = {
    cookie: `__Host-sigillo-session=${CANARY}`,
    authorization: `Bearer ${CANARY}`,
    'user-agent': CANARY,
    referer: `https://id.example.org/?code=${CANARY}`,
    'x-request-id': CANARY,
    'x-forwarded-for': CANARY,
  };
  const headers = { ...OWN, ...everywhere };
  const body = { email: 'a@example.org', password: CANARY, code: CANARY };
  const json = { ...headers, 'content-type': 'application/json' };
  const answers = await Promise.all([
    app.inject({ url: `/api/echo?password=${CANARY}`, headers }),
    app.inject({ url: `/pages/${CANARY}?code=${CANARY}`, headers }),
    app.inject({ url: `/nothing/${CANARY}`, headers }),
    app.inject({ url: `/api/%zz${CANARY}`, headers }),
    app.inject({ url: `/api/broken?token=${CANARY}`, headers }),
    app.inject({ method: 'POST', url: '/api/echo', payload: body, headers }),
    app.inject({ method: 'POST', url: '/api/echo', payload: { [CANARY]: CANARY }, headers }),
    app.inject({ method: 'POST', url: '/api/echo', payload: `{"password":"${CANARY}`, headers: json }),
    app.inject({ method: 'POST', url: '/throws', payload: { password: CANARY }, headers }),
    app.inject({ method: 'DELETE', url: `/api/echo/${CANARY}`, payload: body, headers }),
    app.inject({ method: 'POST', url: '/api/echo', payload: body, headers: { ...headers, origin: CANARY } }),
    app.inject({ url: '/api/echo', headers: { ...headers, host: CANARY } }),
    app.inject({ url: '/api/echo', headers: { ...headers, 'content-type': CANARY } }),
  ]);
  expect(answers.map((answer) => answer.statusCode)).toContain(500);
  expect(lines.length).toBeGreaterThanOrEqual(answers.length);
  expect(lines.join('')).not.toContain(CANARY);
  await app.close();
});
