import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLIENT_FOLDER, clientTypes, documentText } from '../../../scripts/openapi/client-types.ts';
import { type TestInstallation, testInstallation } from '../../../tests/setup/server.ts';

let installation: TestInstallation;
beforeAll(async () => {
  installation = await testInstallation();
});
afterAll(() => installation[Symbol.asyncDispose]());

test('the committed client is made from what the server says; if not: npm run openapi', async () => {
  const served = await (await fetch(`${installation.server.url}/openapi.json`)).json();
  const committed = (file: string) => readFile(join(CLIENT_FOLDER, file), 'utf8');
  expect(documentText(served)).toBe(await committed('openapi.json'));
  expect(await clientTypes(served)).toBe(await committed('src/generated/schema.d.ts'));
});
