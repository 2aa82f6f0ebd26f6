import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import brand from '@sigillo/ui/brand.json' with { type: 'json' };
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAuthenticatorSite } from './authenticator-site.ts';

const HOST = 'app.example.org';
const folder = mkdtempSync(join(tmpdir(), 'sigillo-site-'));
let site: FastifyInstance;
beforeAll(async () => {
  for (const name of ['assets', 'icons']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'service-worker.js'), 'self;');
  writeFileSync(join(folder, 'assets/app-12345678.js'), 'export {};');
  const options = {
    origin: `https://${HOST}`,
    issuer: 'https://id.example.org',
    acceptLoopback: false,
    brand,
  };
  site = await buildAuthenticatorSite(options, folder);
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string, host = HOST) => site.inject({ url, headers: { host } });

test('[WEB-1] behind TLS every answer tells browsers to stay there', async () => {
  for (const path of ['/', '/assets/app-12345678.js', '/nowhere', '/brand.css']) {
    const { headers } = await get(path);
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('[WEB-1] only the issuer may be asked for anything besides the app itself', async () => {
  const { headers } = await get('/');
  expect(headers['content-security-policy']).toContain("connect-src 'self' https://id.example.org;");
  expect(headers['cache-control']).toBe('no-store');
});

test('hashed files are kept for ever, the service worker is asked for each time', async () => {
  const keptFor = async (path: string) => (await get(path)).headers['cache-control'];
  expect(await keptFor('/assets/app-12345678.js')).toBe('public, max-age=31536000, immutable');
  expect(await keptFor('/service-worker.js')).toBe('no-cache');
});

test('[WEB-4] another host name is refused', async () => {
  expect((await get('/', 'evil.example.org')).statusCode).toBe(421);
  expect((await get('/', 'localhost')).statusCode).toBe(421);
});

test('addresses of the app are answered with its page, others too but as not found', async () => {
  for (const path of ['/', '/codes', '/codes/0d9b3c1e-4f52', '/scan?from=home'])
    expect((await get(path)).statusCode).toBe(200);
  const unknown = await get('/device/challenges');
  expect(unknown.statusCode).toBe(404);
  expect(unknown.headers['cache-control']).toBe('no-store');
});

test('the installed app bears the name of the brand', async () => {
  const manifest = (await get('/manifest.webmanifest')).json();
  expect(manifest).toMatchObject({ name: brand.name, start_url: '/', scope: '/', display: 'standalone' });
  expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
});

test('the app learns from its own origin whose accounts it links', async () => {
  const { headers, payload } = await get('/installation.json');
  expect(headers['cache-control']).toBe('no-cache');
  expect(JSON.parse(payload)).toEqual({ issuer: 'https://id.example.org', name: brand.name });
});
