import { errors } from 'oidc-provider';
import type { RelyingParty } from '../../../gate/relying-party.ts';
import type { Language, Translate } from '../../../platform/messages/templates/translate.ts';
import { type Html, html } from './html.ts';

export interface ErrorPage {
  t: Translate;
  language: Language;
  error: Error;
  /** What OAuth calls it: for whoever develops the portal. */
  code: string;
  description: string | undefined;
  requestId: string;
  /** The portal, where it is known that it made the request. */
  party: RelyingParty | undefined;
}

/** Whether it is not for what the relying party asked: nothing more is looked up then. */
export const isOurs = (code: string): boolean =>
  code === 'server_error' || code === 'temporarily_unavailable';

/** What went wrong, as the person who meets it needs to hear it. */
function errorKind(error: Error, code: string): 'over' | 'ours' | 'refused' {
  // A pushed request that was used, or waited too long, is what somebody meets who goes back or comes late.
  if (error instanceof errors.SessionNotFound || error instanceof errors.InvalidRequestUri) return 'over';
  return isOurs(code) ? 'ours' : 'refused';
}

/** An error that cannot be told to the relying party: nobody is redirected (RFC 6749 §4.1.2.1). */
export function errorContent(page: ErrorPage): { title: string; content: Html } {
  const { t, language, party, code, description, requestId } = page;
  const kind = errorKind(page.error, code);
  const title = t(`oidc-error.${kind}-title`);
  const back = party?.homeUrl
    ? html`<a class="button button--primary button--wide" href="${party.homeUrl}">${t('oidc-error.back', { name: party.name[language] })}</a>`
    : undefined;
  const detail = [code, description].filter(Boolean).join(': ');
  const content = html`<h1>${title}</h1>
<p class="lead">${t(`oidc-error.${kind}`)}</p>
<div class="actions">${back}<a class="button button--quiet button--wide" href="/support">${t('oidc-error.support')}</a></div>
<p class="request-id">${t('oidc-error.detail')} <code>${detail}</code></p>
<p class="request-id">${t('oidc-error.request')} <code>${requestId}</code></p>`;
  return { title, content };
}
