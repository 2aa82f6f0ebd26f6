import { offsetAfter, setClockOffsetMs } from '@sigillo/ui';
import { ApiProblem } from './api-problem.ts';

/**
 * One request to our own API.
 *
 * @param path below `/api`, already encoded
 * @throws ApiProblem for every answer that is not a success; slug `unreachable` when there is none
 */
export async function callApi<Answer>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<Answer> {
  const sentMs = Date.now();
  const response = await send(method, path, body);
  learnServerTime(response, sentMs);
  const text = await response.text();
  const content = text === '' ? undefined : parse(text);
  if (!response.ok) throw toProblem(response, content);
  return content as Answer;
}

/**
 * The same for a file: what is answered is kept as it is.
 *
 * @throws ApiProblem as `callApi` does
 */
export async function callApiForFile(path: string, body: object): Promise<Blob> {
  const response = await send('POST', path, body);
  if (!response.ok) throw toProblem(response, parse(await response.text()));
  return response.blob();
}

async function send(method: string, path: string, body?: object): Promise<Response> {
  const write = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) };
  try {
    return await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      },
      ...write,
    });
  } catch {
    throw new ApiProblem('unreachable', 0);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between answered with a page of its own.
    return undefined;
  }
}

function toProblem(response: Response, content: unknown): ApiProblem {
  const document = typeof content === 'object' && content !== null ? { ...content } : {};
  const type = 'type' in document && typeof document.type === 'string' ? document.type : '';
  const slug = /\/problems\/([a-z0-9-]+)$/.exec(type)?.[1] ?? 'unexpected';
  return new ApiProblem(slug, response.status, document as Record<string, unknown>);
}

let offsetMs = 0;

function learnServerTime({ headers }: Response, sentMs: number): void {
  offsetMs = offsetAfter({ date: headers.get('date'), sentMs, receivedMs: Date.now() }, offsetMs);
  setClockOffsetMs(offsetMs);
}
