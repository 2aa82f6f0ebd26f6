/**
 * `npm run openapi`: asks a real node for its OpenAPI document and writes it, and the types made from it, into
 * packages/api-client. A test fails when what is committed is not what the server says.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '../apps/server/src/main.ts';
import { loadConfig } from '../apps/server/src/platform/config/config.ts';
import { openLog } from '../apps/server/src/platform/log/log.ts';
import { CLIENT_FOLDER, clientTypes, documentText } from './openapi/client-types.ts';

const folder = await mkdtemp(join(tmpdir(), 'sigillo-openapi-'));
await chmod(folder, 0o711); // root's PostgreSQL runs as another account, which must get in
const config = loadConfig({
  SIGILLO_PROFILE: 'test',
  SIGILLO_PORT: '0',
  SIGILLO_ISSUER: 'http://localhost:8080',
  SIGILLO_DATA_DIRECTORY: folder,
});
const node = await startNode(config, { log: openLog('error'), say: (line) => console.log(line) });
try {
  const document = await (await fetch(`${node.url}/openapi.json`)).json();
  await writeFile(join(CLIENT_FOLDER, 'openapi.json'), documentText(document));
  await writeFile(join(CLIENT_FOLDER, 'src/generated/schema.d.ts'), await clientTypes(document));
  console.log('packages/api-client is up to date');
} finally {
  await node.close();
  await rm(folder, { recursive: true, force: true });
}
