import type { Translate } from '../../../platform/messages/templates/translate.ts';
import { type Html, html } from './html.ts';

export interface SignOutPage {
  t: Translate;
  /** The portal that asks; none when it did not say. */
  portal: string | undefined;
  installation: string;
  action: string;
  /** What is confirmed, in a form that only we can have written. */
  ticket: string;
}

/** Asks before it signs out: the request may come from anywhere (OpenID Connect RP-Initiated Logout §2). */
export function signOutContent({ t, portal, installation, action, ticket }: SignOutPage): {
  title: string;
  content: Html;
} {
  const names = { portal: portal ?? '', installation };
  const title =
    portal === undefined ? t('oidc-sign-out.title-alone', names) : t('oidc-sign-out.title', names);
  const content = html`<h1>${title}</h1>
<p class="lead">${t('oidc-sign-out.lead', names)}</p>
<form class="actions" method="post" action="${action}">
<input type="hidden" name="ticket" value="${ticket}">
<button class="button button--primary button--wide" name="choice" value="everywhere">${t('oidc-sign-out.everywhere')}</button>
<button class="button button--quiet button--wide" name="choice" value="stay">${t('oidc-sign-out.stay', names)}</button>
</form>`;
  return { title, content };
}
