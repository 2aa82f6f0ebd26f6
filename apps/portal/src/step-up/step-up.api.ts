import { callApi } from '../api/call-api.ts';

/** Counts a satisfied step-up ceremony for this session, which gets a new token. */
export function finishStepUp(ceremony: string): Promise<void> {
  return callApi('POST', '/step-up/finish', { ceremony });
}

/** Counts a satisfied ceremony for the operation that it was about, and for nothing else. */
export function approveOperation(operation: string, ceremony: string): Promise<void> {
  return callApi('POST', `/operations/${encodeURIComponent(operation)}/approve`, { ceremony });
}
