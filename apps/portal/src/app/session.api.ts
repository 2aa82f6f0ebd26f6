import type { Language } from '@sigillo/ui';
import { callApi } from '../api/call-api.ts';
import type { BrandView, SessionView } from '../api/contract.ts';

/** Who is signed in here, if anybody. Asking does not prolong the session. */
export function getSession(): Promise<SessionView> {
  return callApi('GET', '/session');
}

export function signOut(): Promise<void> {
  return callApi('POST', '/sign-out');
}

export function setLanguage(language: Language): Promise<void> {
  return callApi('PUT', '/language', { language });
}

export function getBrand(): Promise<BrandView> {
  return callApi('GET', '/brand');
}
