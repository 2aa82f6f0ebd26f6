import { expect, test } from 'vitest';
import { z } from 'zod';
import { OWN, testApp } from '../app.fixture.ts';
import { defineProblem } from '../problems.ts';

interface Operation {
  operationId: string;
  responses: Record<string, { description: string; content: Record<string, unknown> }>;
}

const sendLater = defineProblem<{ retryAfterSeconds: number }>('test-send-later', 429, 'Send it later');

async function documentOf(app: Awaited<ReturnType<typeof testApp>>['app']) {
  const answer = await app.inject({ url: '/openapi.json', headers: OWN });
  return answer.json() as { openapi: string; paths: Record<string, Record<string, Operation>> };
}

test('the document describes every operation, its responses and its problems', async () => {
  const { app } = await testApp();
  const schema = {
    operationId: 'startChallenge',
    summary: 'Send a code',
    tags: ['ceremonies'],
    params: z.object({ id: z.uuid() }),
    body: z.strictObject({ slot: z.string() }),
    response: { 201: z.object({ id: z.string() }).describe('The code is on its way') },
    problems: [sendLater],
  };
  app.post('/api/ceremonies/:id/challenges', { schema }, async (_request, reply) =>
    reply.code(201).send({ id: 'a' }),
  );
  const { openapi, paths } = await documentOf(app);
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(['/api/echo', '/api/broken', '/api/ceremonies/{id}/challenges']);
  const operation = paths['/api/ceremonies/{id}/challenges']?.post;
  expect(operation?.operationId).toBe('startChallenge');
  const { responses = {} } = operation ?? {};
  expect(Object.keys(responses)).toEqual(['201', '400', '403', '413', '415', '429', '500']);
  expect(responses[201]?.description).toBe('The code is on its way');
  expect(responses[429]).toEqual({
    description: '`test-send-later`: Send it later',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  await app.close();
});

test('a route of the API without a description, or with one twice, is refused', async () => {
  const { app } = await testApp();
  const response = { 200: z.object({}) };
  const register = (schema: object) => () => app.get(`/api/${Math.random()}`, { schema }, () => ({}));
  expect(register({ response })).toThrow(/operationId/);
  expect(register({ operationId: 'a', summary: 'A', response })).toThrow(/tags/);
  expect(register({ operationId: 'readEcho', summary: 'A', tags: ['a'], response })).toThrow(/twice/);
  expect(register({ hide: true })).not.toThrow();
  await app.close();
});

test('a kind of problem is described at its type, for people and for programs', async () => {
  const { app } = await testApp();
  const get = (url: string, accept: string) => app.inject({ url, headers: { ...OWN, accept } });
  const json = await get('/problems/bad-input', 'application/json');
  expect(json.json()).toMatchObject({ slug: 'bad-input', status: 400 });
  const page = await get('/problems/bad-input', 'text/html,*/*');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.body).toContain('The request is not well formed');
  expect(page.body).not.toMatch(/<script|<style|style=|https?:/);
  expect((await get('/problems', 'text/html')).body).toContain('/problems/test-send-later');
  expect((await get('/problems/nothing', 'text/html')).statusCode).toBe(404);
  await app.close();
});
