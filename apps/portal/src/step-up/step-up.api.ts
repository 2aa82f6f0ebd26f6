import { callApi } from '../api/call-api.ts';

/** Counts a satisfied step-up ceremony for this session, which gets a new token. */
export function finishStepUp(ceremony: string): Promise<void> {
  return callApi('POST', '/step-up/finish', { ceremony });
}
