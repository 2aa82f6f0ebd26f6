import type { Block, EmailDraft, Fact, Link } from './email-draft.ts';
import { CODE_FONT, FONT, type MessageBrand, type Palette, palettesOf, styleSheet } from './email-style.ts';
import { type Html, html } from './html.ts';
import type { Language, Translate } from './translate.ts';

/** Keeps the body's first words out of the preview when the preheader is short. */
const PREHEADER_FILL: Html = { markup: '&#8199;&#847; '.repeat(60) };

/**
 * An e-mail as HTML for mail clients: tables, inlined styles, nothing fetched from anywhere. The style sheet
 * only adds the dark scheme and narrow screens.
 */
export function emailHtml(
  draft: EmailDraft,
  { t, brand, language }: { t: Translate; brand: MessageBrand; language: Language },
): string {
  const { light, dark } = palettesOf(brand);
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${draft.subject}</title>
<style>${{ markup: styleSheet(dark) }}</style>
</head>
<body style="margin:0;padding:0;background:${light.page};-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden">${draft.preheader}${PREHEADER_FILL}</div>
<div role="article" aria-roledescription="email" aria-label="${draft.subject}" lang="${language}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="outer" align="center" style="padding:32px 12px;background:${light.page}">
<!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
${header(brand.name, light)}
<tr><td class="card" style="padding:36px 40px;background:${light.card};border-radius:0 0 12px 12px;font-family:${FONT}">
<h1 class="ink" style="margin:0 0 20px;font-size:24px;line-height:1.25;font-weight:700;color:${light.ink}">${draft.title}</h1>
${draft.blocks.map((block) => blockHtml(block, light))}
</td></tr>
${footer(draft, t, brand.name, light)}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</div>
</body>
</html>
`;
  return page.markup;
}

function header(name: string, p: Palette): Html {
  return html`<tr><td class="header" style="padding:18px 40px;background:${p.header};border-radius:12px 12px 0 0;font-family:${FONT};font-size:18px;line-height:1.3;font-weight:700;color:${p.onHeader}">${name}</td></tr>`;
}

function footer(draft: EmailDraft, t: Translate, service: string, p: Palette): Html {
  const automatic = draft.replyTo ? '' : t('footer.automatic');
  return html`<tr><td class="footer muted" style="padding:20px 40px;font-family:${FONT};font-size:13px;line-height:1.5;color:${p.muted}">${t('footer.origin', { service })}. ${automatic}</td></tr>`;
}

function blockHtml(block: Block, p: Palette): Html {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(block.text, p);
    case 'button':
      return button(block, p);
    case 'link':
      return html`<p style="margin:0 0 20px;font-size:16px;line-height:1.5">${anchor(block, p)}</p>`;
    case 'code':
      return code(block.code, p);
    case 'copy':
      return html`${paragraph(block.label, p)}
<p style="margin:-8px 0 20px;font-family:${CODE_FONT};font-size:13px;line-height:1.5;word-break:break-all"><a class="link" href="${webAddress(block.value)}" style="color:${p.primary}">${block.value}</a></p>`;
    case 'facts':
      return facts(block.rows, p);
    case 'quote':
      return html`<p class="muted" style="margin:0 0 6px;font-size:14px;line-height:1.5;color:${p.muted}">${block.label}</p>
<div class="ink line" style="margin:0 0 20px;padding:2px 0 2px 16px;border-left:4px solid ${p.line};font-size:16px;line-height:1.5;color:${p.ink};white-space:pre-wrap;word-break:break-word">${block.text}</div>`;
    case 'not-you':
      return notYou(block, p);
  }
}

function paragraph(text: string, p: Palette): Html {
  return html`<p class="ink" style="margin:0 0 20px;font-size:16px;line-height:1.5;color:${p.ink}">${text}</p>`;
}

function anchor({ label, href }: Link, p: Palette): Html {
  return html`<a class="link" href="${webAddress(href)}" style="color:${p.primary};font-weight:600">${label}</a>`;
}

/** A cell with a background, which every client draws, around a link that fills it. */
function button({ label, href }: Link, p: Palette): Html {
  return html`<table role="presentation" class="button" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 24px"><tr>
<td class="fill" bgcolor="${p.primary}" style="background:${p.primary};border-radius:8px"><a class="fill" href="${webAddress(href)}" style="display:inline-block;padding:14px 28px;border-radius:8px;font-size:17px;line-height:1.3;font-weight:700;color:${p.onPrimary};background:${p.primary};text-decoration:none">${label}</a></td>
</tr></table>`;
}

function code(value: string, p: Palette): Html {
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 24px"><tr>
<td class="tint" align="center" style="padding:20px 12px;background:${p.tint};border-radius:8px"><span class="ink" style="font-family:${CODE_FONT};font-size:34px;line-height:1.2;font-weight:700;letter-spacing:6px;color:${p.ink}">${value}</span></td>
</tr></table>`;
}

function facts(rows: readonly Fact[], p: Palette): Html {
  const line = ([label, value]: Fact) => html`<tr>
<td class="muted line" width="34%" valign="top" style="padding:10px 16px 10px 0;border-top:1px solid ${p.line};font-size:14px;line-height:1.45;color:${p.muted}">${label}</td>
<td class="ink line" valign="top" style="padding:10px 0;border-top:1px solid ${p.line};font-size:15px;line-height:1.4;color:${p.ink};word-break:break-word">${value}</td>
</tr>`;
  const known = rows.filter(([, value]) => value !== '');
  if (known.length === 0) return html``;
  return html`<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 24px">${known.map(line)}</table>`;
}

function notYou({ text, links }: { text: string; links: readonly Link[] }, p: Palette): Html {
  const line = (link: Link) =>
    html`<p style="margin:10px 0 0;font-size:15px;line-height:1.5">${anchor(link, p)}</p>`;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 0"><tr>
<td class="tint" style="padding:16px 20px;background:${p.tint};border-left:4px solid ${p.primary};border-radius:4px"><p class="ink" style="margin:0;font-size:15px;line-height:1.5;color:${p.ink}">${text}</p>${links.map(line)}</td>
</tr></table>`;
}

/** Refuses `javascript:` and whatever else is no page. */
function webAddress(href: string): string {
  const { protocol } = new URL(href);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new RangeError('A link in a message must be a web address');
  return href;
}
