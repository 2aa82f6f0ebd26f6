import { expect, test } from 'vitest';
import { optionsFromEnvironment } from './settings.ts';

test('nothing set means that every default stands', () => {
  expect(optionsFromEnvironment({ PORT: '', ISSUER: '' })).toEqual({});
});

test('what is set is taken, an address without the slash at its end', () => {
  const environment = { PORT: '9000', ISSUER: 'https://id.example.org', BASE_URL: 'https://p.example.org/' };
  expect(optionsFromEnvironment(environment)).toEqual({
    port: 9000,
    issuer: 'https://id.example.org',
    baseUrl: 'https://p.example.org',
  });
});

test('another client without a secret is a public one: the built-in secret is not sent for it', () => {
  const options = optionsFromEnvironment({ CLIENT_ID: 'mine' });
  expect(options).toHaveProperty('clientSecret', undefined);
  expect(optionsFromEnvironment({ CLIENT_ID: 'mine', CLIENT_SECRET: 's' }).clientSecret).toBe('s');
});
