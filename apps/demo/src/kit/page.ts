import type { Fragment, Html } from './html.ts';
import { html } from './html.ts';
import type { KnownVisit, Portal, Visit } from './portal.ts';
import { isKnown } from './portal.ts';
import { parseNotice, words } from './words.ts';

export interface PageContent {
  /** What stands in the browser's tab, before the portal's name. */
  title: string;
  body: Html;
  /** Where the language switch comes back to; the page's own address unless it answers a form. */
  path?: string;
}

/** A whole page: header, the content, footer. */
export function page(portal: Portal, visit: Visit, content: PageContent): Html {
  const { language } = visit;
  const text = words[language];
  const name = portalName(portal, visit);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${content.title} · ${name}</title>
<link rel="icon" href="/logo.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<link rel="stylesheet" href="/pieces.css">
<link rel="stylesheet" href="/portal.css">
</head>
<body>
<a class="skip" href="#content">${text.skip}</a>
${header(portal, visit, content)}
<main id="content" tabindex="-1">
${notice(visit)}
${content.body}
</main>
<footer>
<p>${text.demonstration}</p>
<p><a href="${portal.issuer}/help">${text.help}</a></p>
</footer>
</body>
</html>
`;
}

/** The portal's name in the visitor's language. */
function portalName({ publicName, design }: Portal, { language }: Visit): string {
  return publicName ?? design.name[language];
}

/** How to call who is signed in: by name if the portal learned it, else by e-mail address. */
export function nameOf({ session: { person } }: KnownVisit): string {
  const { name, email } = person.details;
  return (
    [name, email].find((value) => typeof value === 'string' && value !== '')?.toString() ?? person.subject
  );
}

/** Where the platform helps people, with the number that support will ask for filled in. */
export function supportUrl({ issuer }: Portal, caseNumber: string): string {
  return `${issuer}/support?${new URLSearchParams({ caseNumber })}`;
}

/** A link that looks like a button. */
export function action(href: string, label: string, kind: 'primary' | 'quiet'): Html {
  return html`<a class="button ${kind}" href="${href}">${label}</a>`;
}

/** A form that is one button. */
export function formButton(
  to: string,
  label: Fragment,
  kind: 'primary' | 'quiet',
  fields: Fragment = undefined,
): Html {
  return html`<form method="post" action="${to}">${fields}<button class="button ${kind}">${label}</button></form>`;
}

/** A field that is sent along unseen. */
export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

function header(portal: Portal, visit: Visit, { path }: PageContent): Html {
  const name = portalName(portal, visit);
  return html`<header>
<div class="bar">
<a class="brand" href="/"><img src="/logo.svg" width="40" height="40" alt=""><span>${name}</span></a>
${isKnown(visit) && portal.design.navigation.length > 0 ? navigation(portal, visit) : undefined}
<div class="tools">
${isKnown(visit) ? account(visit) : undefined}
${languageSwitch(visit, path ?? visit.url.pathname + visit.url.search)}
</div>
</div>
</header>`;
}

function navigation({ design }: Portal, { language, url }: Visit): Html {
  const links = design.navigation.map(({ path, label }) => {
    const current = path === url.pathname ? html` aria-current="page"` : undefined;
    return html`<li><a href="${path}"${current}>${label[language]}</a></li>`;
  });
  return html`<nav aria-label="${words[language].navigation}"><ul>${links}</ul></nav>`;
}

function account(visit: KnownVisit): Html {
  const text = words[visit.language];
  return html`<span class="who"><span class="unseen">${text.signedInAs} </span>${nameOf(visit)}</span>
<a class="plain" href="/sign-out">${text.signOut}</a>`;
}

function languageSwitch({ language }: Visit, returnTo: string): Html {
  const other = language === 'it' ? 'en' : 'it';
  return html`<form method="post" action="/language">${hiddenField('returnTo', returnTo)}<button class="plain" name="language" value="${other}" lang="${other}">${words[language].otherLanguage}</button></form>`;
}

function notice({ language, url }: Visit): Html | undefined {
  const name = parseNotice(url.searchParams.get('notice'));
  return name && html`<p class="notice" role="status">${words[language][name]}</p>`;
}
