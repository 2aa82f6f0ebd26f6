import { ApiProblem } from '../api/api-problem.ts';

/**
 * Sends a file as it is, and tells how much of it has gone.
 *
 * @param path below `/api`
 * @throws ApiProblem for every answer that is not a success
 */
export function uploadFile(path: string, file: Blob, onProgress: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api${path}`);
    request.setRequestHeader('content-type', file.type || 'image/jpeg');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiProblem('unreachable', 0));
    request.onload = () => (request.status < 300 ? resolve() : reject(problemOf(request)));
    request.send(file);
  });
}

function problemOf({ status, responseText }: XMLHttpRequest): ApiProblem {
  // What the server refuses unread says so by its status.
  if (status === 413 || status === 415) return new ApiProblem('file-refused', status);
  try {
    const document = JSON.parse(responseText) as Record<string, unknown>;
    const slug = /\/problems\/([a-z0-9-]+)$/.exec(String(document.type))?.[1] ?? 'unexpected';
    return new ApiProblem(slug, status, document);
  } catch {
    return new ApiProblem('unexpected', status);
  }
}
