import type { Language, Translate } from '../../../platform/messages/templates/translate.ts';
import { type Html, html } from './html.ts';

export interface Page {
  language: Language;
  t: Translate;
  /** Name of the installation, and whether it has a logo. */
  brand: { name: string; hasLogo: boolean };
  title: string;
  content: Html;
}

/** A page that works without script, in the installation's brand. */
export function layout({ language, t, brand, title, content }: Page): string {
  const logo = brand.hasLogo ? html`<img class="brand-logo" src="/brand/logo.svg" alt="">` : undefined;
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${brand.name}</title>
<link rel="stylesheet" href="/brand.css">
<link rel="stylesheet" href="/static/passing.css">
</head>
<body class="shell">
<header class="shell-header"><div class="shell-header-inner">
<a class="brand" href="/">${logo}<span>${brand.name}</span></a>
</div></header>
<main class="shell-main shell-main--task"><div class="card task-card">
${content}
</div></main>
<footer class="shell-footer"><div class="shell-footer-inner"><ul class="shell-footer-links">
<li><a href="/help">${t('passing-page.help')}</a></li>
<li><a href="/accessibility">${t('passing-page.accessibility')}</a></li>
<li><a href="/privacy">${t('passing-page.privacy')}</a></li>
</ul></div></footer>
</body>
</html>
`;
  return page.html;
}
