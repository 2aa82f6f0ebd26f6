import { join } from 'node:path';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

export const CLIENT_FOLDER = join(import.meta.dirname, '../../packages/api-client');

/** The document as it is committed: two spaces, a line end. */
export const documentText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** The TypeScript types of an OpenAPI document. */
export async function clientTypes(document: unknown): Promise<string> {
  const nodes = await openapiTypescript(structuredClone(document) as OpenAPI3, { alphabetize: true });
  return `// Made by \`npm run openapi\`; do not edit.\n${astToString(nodes)}`;
}
