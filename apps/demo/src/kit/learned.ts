import type { Fragment, Html } from './html.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import { parseLanguage } from './language.ts';
import { learnedWords } from './learned.words.ts';
import { exactTime, humanDuration, humanTime, inWords } from './moments.ts';
import type { Person } from './open-id-connect.ts';
import { action, formButton, hiddenField } from './page.ts';
import type { KnownVisit, Portal } from './portal.ts';

/** Claims that say whether another one is confirmed; shown beside it. */
const CONFIRMATIONS: Readonly<Record<string, string>> = {
  email: 'email_verified',
  phone_number: 'phone_number_verified',
};

/** One thing the portal was told about the person, in words. */
export interface Detail {
  label: string;
  value: string;
  /** Left out where Sigillo does not say. */
  confirmed?: boolean;
}

/** The panel "What this portal learned about you": who, what, how strongly, when, for how long. */
export function learnedPanel(portal: Portal, visit: KnownVisit): Html {
  const { language, session, url } = visit;
  const { person } = session;
  const text = learnedWords[language];
  const back = hiddenField('returnTo', url.pathname);
  return html`<section class="card learned" aria-labelledby="learned">
<h2 id="learned">${text.title}</h2>
<p>${text.intro}</p>
<dl>
${row(text.subject, html`<code>${person.subject}</code>`, text.subjectWhy)}
${row(text.details, detailList(detailsOf(portal, visit), language))}
${row(text.strength, text.levels[person.level], person.acr && html`<code>${person.acr}</code>`)}
${row(text.methods, proofs(person, visit), person.amr.length > 0 ? html`<code>${person.amr.join(' ')}</code>` : undefined)}
${row(text.when, moment(person.authenticatedMs, portal, visit))}
${row(text.tokens, tokens(portal, visit))}
</dl>
<div class="actions">
${action(`/check?${new URLSearchParams({ returnTo: url.pathname })}`, text.check, 'quiet')}
${person.refreshToken ? formButton('/refresh', text.refresh, 'quiet', back) : undefined}
</div>
</section>`;
}

/** What the portal was told, in the order it came; claims without words of ours keep their own name. */
export function detailsOf(portal: Portal, { session, language }: KnownVisit): Detail[] {
  const { details } = session.person;
  const text = learnedWords[language];
  const labels: Readonly<Record<string, string>> = text.claims;
  const beside = new Set(['sub', ...Object.values(CONFIRMATIONS)]);
  return Object.entries(details)
    .filter(([name]) => !beside.has(name))
    .map(([name, value]) => {
      const confirmed = details[CONFIRMATIONS[name] ?? ''];
      return {
        label: labels[name] ?? name,
        value: plainValue(portal, language, name, value),
        ...(confirmed !== undefined && { confirmed: confirmed === true }),
      };
    });
}

/** Details as a list; says whether each is confirmed, where Sigillo knows. */
export function detailList(details: readonly Detail[], language: Language): Html {
  const text = learnedWords[language];
  const items = details.map(({ label, value, confirmed }) => {
    const badge = confirmed
      ? html` <span class="badge">${text.confirmed}</span>`
      : html` <span class="badge open">${text.unconfirmed}</span>`;
    return html`<li><span class="label">${label}</span> <span class="value">${value}</span>${confirmed === undefined ? undefined : badge}</li>`;
  });
  return html`<ul class="details">${items}</ul>`;
}

function plainValue(portal: Portal, language: Language, name: string, value: unknown): string {
  const text = learnedWords[language];
  if (typeof value === 'boolean') return value ? text.yes : text.no;
  if (name === 'updated_at') return humanTime(Number(value) * 1000, portal.nowMs(), language);
  const spoken = name === 'locale' ? parseLanguage(String(value)) : undefined;
  if (spoken) return text.languages[spoken];
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The methods in words. `mfa` only counts the others, which the level says already. */
function proofs({ amr }: Person, { language }: KnownVisit): string {
  const text = learnedWords[language];
  const names: Readonly<Record<string, string>> = text.proofs;
  const told = amr.filter((name) => name !== 'mfa').map((name) => names[name] ?? name);
  return told.length === 0 ? text.unknown : inWords(told, language);
}

function tokens(portal: Portal, visit: KnownVisit): Html {
  const { language, session } = visit;
  const { person } = session;
  const text = learnedWords[language];
  const lasts = humanDuration(person.accessTokenLifetimeSeconds, language);
  return html`<ul class="details">
<li><span class="label">${text.accessToken}</span> <span class="value">${lasts}, ${text.expires} ${moment(person.accessTokenExpiresMs, portal, visit)}</span></li>
<li><span class="label">${text.idToken}</span> <span class="value">${text.expires} ${moment(person.idTokenExpiresMs, portal, visit)}</span></li>
<li><span class="label">${text.refreshToken}</span> <span class="value">${person.refreshToken ? text.refreshHeld : text.refreshNone}</span></li>
</ul>`;
}

function moment(atMs: number | undefined, portal: Portal, { language }: KnownVisit): Fragment {
  if (atMs === undefined) return learnedWords[language].unknown;
  const iso = new Date(atMs).toISOString();
  return html`<time datetime="${iso}" title="${exactTime(atMs, language)}">${humanTime(atMs, portal.nowMs(), language)}</time>`;
}

function row(term: string, value: Fragment, note: Fragment = undefined): Html {
  return html`<div><dt>${term}</dt><dd>${value}${note && html`<small>${note}</small>`}</dd></div>`;
}
