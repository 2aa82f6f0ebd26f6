import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const API = new URL('../../../../../packages/api-client/openapi.json', import.meta.url);
const { paths, components } = JSON.parse(readFileSync(API, 'utf8')) as {
  paths: Record<string, object>;
  components: { schemas: Record<string, object> };
};

/** What operators prove about themselves, and what portals are given: nobody else’s. */
const NO_HOLDERS = ['/api/console/sign-in/', '/api/console/invitation', '/api/console/relying-parties'];
const SECRET = /password|secret|seed|^pin$|otp|recovery-?codes?$|totp|private/i;

/** Every name of a property below a schema, through its references. */
function namesIn(schema: unknown, seen = new Set<string>()): string[] {
  if (Array.isArray(schema)) return schema.flatMap((one) => namesIn(one, seen));
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === '$ref') return namesOfReference(String(value), seen);
    const own = key === 'properties' ? Object.keys(value as object) : [];
    return [...own, ...namesIn(value, seen)];
  });
}

function namesOfReference(reference: string, seen: Set<string>): string[] {
  const name = reference.split('/').at(-1) ?? '';
  if (seen.has(name)) return [];
  seen.add(name);
  return namesIn(components.schemas[name], seen);
}

const consolePaths = Object.keys(paths).filter(
  (path) => path.startsWith('/api/console/') && !NO_HOLDERS.some((start) => path.startsWith(start)),
);

test('[REC-8] operators neither see nor choose a secret of a holder: no request or answer of theirs has one', () => {
  expect(consolePaths.length).toBeGreaterThan(8);
  for (const path of consolePaths)
    expect([path, namesIn(paths[path]).filter((name) => SECRET.test(name))]).toEqual([path, []]);
});

test('[SPID-IDL-10] nothing that a holder can call revokes an identity', () => {
  const own = Object.keys(paths).filter((path) => /^\/api\/(account|selfcare)\//.test(path));
  const revoking = own.filter((path) => /revo/.test(path) && !path.startsWith('/api/account/consents/'));
  for (const path of revoking) expect([path, Object.keys(paths[path] ?? {})]).toEqual([path, ['get']]);
});
