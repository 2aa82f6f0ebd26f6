import { expect, test } from 'vitest';
import { isProgramPath, knownPaths } from './known-paths.ts';

const handler = () => undefined;

test('a path answers the methods of every route it fits', () => {
  const paths = knownPaths();
  for (const [method, url] of [
    ['GET', '/api/account'],
    ['POST', '/api/account'],
    ['GET', '/api/account/sessions/:id'],
    ['POST', '/api/account/sessions/:id/end'],
    [['GET', 'HEAD'], '/assets/*'],
    ['GET', '/*'],
  ] as const) {
    paths.add({ method: typeof method === 'string' ? method : [...method], url, handler });
  }
  expect(paths.methodsOf('/api/account')).toEqual(['GET', 'POST']);
  expect(paths.methodsOf('/api/account/sessions/7')).toEqual(['GET']);
  expect(paths.methodsOf('/api/account/sessions/7/end')).toEqual(['POST']);
  expect(paths.methodsOf('/api/account/sessions/7/8')).toEqual([]);
  expect(paths.methodsOf('/assets/a/b.js')).toEqual(['GET', 'HEAD']);
  expect(paths.methodsOf('/sign-in')).toEqual(['GET']);
  expect(paths.methodsOf('/apixaccount')).toEqual(['GET']);
});

test('paths of programs are told from pages', () => {
  for (const path of ['/api', '/api/x', '/oidc/token', '/device/x', '/dev/clock']) {
    expect(isProgramPath(path)).toBe(true);
  }
  for (const path of ['/', '/apiary', '/devices', '/sign-in']) expect(isProgramPath(path)).toBe(false);
});
