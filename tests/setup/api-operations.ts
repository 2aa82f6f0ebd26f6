import { HttpBrowser } from './http-browser.ts';

/** One operation of the API, as `/openapi.json` describes it. */
export interface Operation {
  id: string;
  method: string;
  /** With parameters in braces. */
  path: string;
  parameters: string[];
  /** JSON Schema of the body; undefined when there is none. */
  body: object | undefined;
}

interface Described {
  operationId: string;
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
}

/** Every operation of a running node: what is added later is found too. */
export async function apiOperations(url: string): Promise<Operation[]> {
  const { body } = await new HttpBrowser(url).get<{ paths: Record<string, Record<string, Described>> }>(
    '/openapi.json',
  );
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      id: described.operationId,
      method: method.toUpperCase(),
      path,
      parameters: (described.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name),
      body: described.requestBody?.content['application/json']?.schema,
    })),
  );
}

export const isWrite = ({ method }: Pick<Operation, 'method'>): boolean => method !== 'GET';

/** The path of an operation with its parameters filled in. */
export function pathOf({ path }: Operation, values: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? name));
}
