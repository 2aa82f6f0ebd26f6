import type { ErrorOut, errors, KoaContextWithOIDC } from 'oidc-provider';
import { renderedPolicy } from '../../../platform/http/security-headers.ts';
import { translator } from '../../../platform/messages/templates/translate.ts';
import type { RelyingPartyStore } from '../relying-party-ports.ts';
import { currentRequest } from '../request-context.ts';
import { CONFIRM_PATH, type SignOutTickets } from '../sign-out-ticket.ts';
import { errorContent, isOurs } from './error-page.ts';
import type { Html } from './html.ts';
import { requestedLanguage } from './language.ts';
import { layout } from './layout.ts';
import { signOutContent } from './sign-out-page.ts';

export interface PageDeps {
  brand: { name: string; hasLogo: boolean };
  relyingParties: RelyingPartyStore;
  tickets: SignOutTickets;
}

/** The pages that the library asks for. */
export interface OidcPages {
  renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error | errors.OIDCProviderError): Promise<void>;
  renderSignOut(ctx: KoaContextWithOIDC): Promise<void>;
}

export function oidcPages(deps: PageDeps): OidcPages {
  return {
    renderError: (ctx, out, error) => renderError(deps, ctx, out, error),
    renderSignOut: (ctx) => renderSignOut(deps, ctx),
  };
}

async function renderError(
  deps: PageDeps,
  ctx: KoaContextWithOIDC,
  out: ErrorOut,
  error: Error,
): Promise<void> {
  const { id } = currentRequest();
  const language = languageOf(ctx);
  const t = translator(language);
  const party = isOurs(out.error) ? undefined : await partyOf(deps, ctx);
  const page = {
    t,
    language,
    error,
    code: out.error,
    description: out.error_description,
    requestId: id,
    party,
  };
  send(deps, ctx, errorContent(page));
}

async function renderSignOut(deps: PageDeps, ctx: KoaContextWithOIDC): Promise<void> {
  const { session } = currentRequest();
  if (!session) return;
  const { post_logout_redirect_uri: returnUri, state } = ctx.oidc.params ?? {};
  const language = languageOf(ctx);
  const party = await partyOf(deps, ctx);
  const ticket = deps.tickets.issue({
    sessionId: session.id,
    clientId: ctx.oidc.client?.clientId ?? null,
    returnUri: typeof returnUri === 'string' ? returnUri : null,
    state: typeof state === 'string' ? state : null,
  });
  const page = {
    t: translator(language),
    portal: party?.name[language],
    installation: deps.brand.name,
    action: CONFIRM_PATH,
    ticket,
  };
  send(deps, ctx, signOutContent(page), typeof returnUri === 'string' ? [new URL(returnUri).origin] : []);
}

function partyOf({ relyingParties }: PageDeps, { oidc }: KoaContextWithOIDC) {
  const clientId = oidc.client?.clientId;
  if (clientId === undefined) return undefined;
  return currentRequest()
    .transaction.begin()
    .then((tx) => relyingParties.findIn(tx, clientId));
}

function languageOf({ oidc, query }: KoaContextWithOIDC) {
  return requestedLanguage(oidc?.params?.ui_locales ?? query.ui_locales) ?? currentRequest().language;
}

/** @param formActions origins that the page's form may end at */
function send(
  { brand }: PageDeps,
  ctx: KoaContextWithOIDC,
  { title, content }: { title: string; content: Html },
  formActions: readonly string[] = [],
): void {
  const language = languageOf(ctx);
  const page = layout({ language, t: translator(language), brand, title, content });
  ctx.set('content-security-policy', renderedPolicy(formActions).policy);
  ctx.set('content-language', language);
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = page;
  ownPages.add(ctx);
}

const ownPages = new WeakSet<KoaContextWithOIDC>();

/** Whether the page that is the answer is one of these. */
export const isOwnPage = (ctx: KoaContextWithOIDC): boolean => ownPages.has(ctx);
