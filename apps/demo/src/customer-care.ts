/**
 * Customer Care: a portal that takes any sign-in Sigillo accepts, asks for contact details and a refresh
 * token, and wants two proofs before it shows anything sensitive. Copy it with `kit/` to start your own.
 */
import { careWords } from './customer-care.words.ts';
import type { Html } from './kit/html.ts';
import { html } from './kit/html.ts';
import type { IconName } from './kit/icons.ts';
import { icon } from './kit/icons.ts';
import type { Translated } from './kit/language.ts';
import { detailList, detailsOf, learnedPanel } from './kit/learned.ts';
import { humanDay } from './kit/moments.ts';
import { isSteppedUp } from './kit/open-id-connect.ts';
import { action, nameOf, page, supportUrl } from './kit/page.ts';
import type { Answer, KnownVisit, Portal, PortalDesign, Visit } from './kit/portal.ts';
import { isKnown, signedIn } from './kit/portal.ts';
import type { PortalOptions } from './kit/settings.ts';
import { optionsFromEnvironment } from './kit/settings.ts';
import type { RunningPortal } from './kit/start-portal.ts';
import { runPortal, startPortal } from './kit/start-portal.ts';
import { words } from './kit/words.ts';

/** Who this portal is to Sigillo, and its pages. */
export const customerCare: PortalDesign = {
  key: 'customer-care',
  defaultPort: 8082,
  clientId: 'customer-care',
  // For development only, and public: it stands in relying-parties.json as well.
  clientSecret: 'development-only-secret-of-customer-care',
  name: { it: 'Assistenza clienti', en: 'Customer Care' },
  scopes: ['openid', 'email', 'phone', 'profile', 'offline_access'],
  minimumLevel: 1,
  navigation: [
    { path: '/', label: { it: 'Inizio', en: 'Home' } },
    { path: '/details', label: { it: 'I miei dati', en: 'My details' } },
    { path: '/cases', label: { it: 'Pratiche', en: 'Cases' } },
  ],
  routes: {
    'GET /': (portal, visit) => ({ page: isKnown(visit) ? home(portal, visit) : welcome(portal, visit) }),
    'GET /details': signedIn(showDetails),
    'GET /cases': signedIn(showCases),
    'GET /sensitive': signedIn(showContract),
    'GET /chat': showChat,
  },
};

/** Starts the portal in this process. */
export function startCustomerCare(options: PortalOptions = {}): Promise<RunningPortal> {
  return startPortal(customerCare, options);
}

const DAY_MS = 86_400_000;

interface SupportCase {
  number: string;
  state: 'reply' | 'waiting' | 'done';
  openedDaysAgo: number;
  subject: Translated<string>;
}

const EXAMPLE_CASES: readonly [SupportCase, ...SupportCase[]] = [
  {
    number: 'CC-20481',
    state: 'reply',
    openedDaysAgo: 1,
    subject: { it: 'Nuovo indirizzo per le bollette', en: 'New address for my bills' },
  },
  {
    number: 'CC-20377',
    state: 'waiting',
    openedDaysAgo: 6,
    subject: { it: 'Importo diverso dal preventivo', en: 'Charged more than the quote' },
  },
  {
    number: 'CC-19852',
    state: 'done',
    openedDaysAgo: 48,
    subject: { it: 'Copia del contratto', en: 'A copy of my contract' },
  },
];

const STATE_ICONS: Record<SupportCase['state'], IconName> = {
  reply: 'reply',
  waiting: 'waiting',
  done: 'done',
};

function welcome(portal: Portal, visit: Visit): Html {
  const text = careWords[visit.language];
  const offers = (['cases', 'details', 'talk'] as const).map((name) => {
    return html`<li>${icon(name)}<div><h2>${text.offers[name].title}</h2><p>${text.offers[name].text}</p></div></li>`;
  });
  const body = html`<section class="welcome">
<div>
<h1>${text.welcome}</h1>
<p class="lead">${text.lead}</p>
${action('/sign-in', words[visit.language].signIn, 'primary')}
<p class="aside">${text.firstTime}</p>
</div>
<ul class="offers">${offers}</ul>
</section>`;
  return page(portal, visit, { title: text.welcome, body });
}

function home(portal: Portal, visit: KnownVisit): Html {
  const text = careWords[visit.language];
  const body = html`<h1 class="hello">${text.hello}, <span>${nameOf(visit)}</span></h1>
<p class="lead">${text.today}</p>
<ul class="tiles">
${tile('/cases', 'cases', text.tiles.cases)}
${tile('/details', 'details', text.tiles.details)}
${tile(supportUrl(portal, EXAMPLE_CASES[0].number), 'talk', text.tiles.talk)}
</ul>
<section class="card sensitive">
${icon('lock')}
<div><h2>${text.sensitive}</h2><p>${text.sensitiveWhy}</p></div>
${action('/step-up?returnTo=/sensitive', text.sensitiveDo, 'primary')}
</section>
${learnedPanel(portal, visit)}`;
  return page(portal, visit, { title: customerCare.navigation[0]?.label[visit.language] ?? '', body });
}

function tile(href: string, name: IconName, { title, text }: { title: string; text: string }): Html {
  return html`<li><a class="tile" href="${href}">${icon(name)}<strong>${title}</strong><span>${text}</span></a></li>`;
}

function showDetails(portal: Portal, visit: KnownVisit): Answer {
  const text = careWords[visit.language];
  const title = text.tiles.details.title;
  const body = html`<h1>${title}</h1>
<p class="lead">${text.detailsLead}</p>
<div class="columns">
<section class="card large">
${detailList(detailsOf(portal, visit), visit.language)}
<div class="actions">${action(`${portal.issuer}/account`, text.change, 'quiet')}</div>
</section>
${learnedPanel(portal, visit)}
</div>`;
  return { page: page(portal, visit, { title, body }) };
}

function showCases(portal: Portal, visit: KnownVisit): Answer {
  const { language } = visit;
  const text = careWords[language];
  const title = text.tiles.cases.title;
  const items = EXAMPLE_CASES.map(({ number, state, openedDaysAgo, subject }) => {
    const opened = humanDay(portal.nowMs() - openedDaysAgo * DAY_MS, portal.nowMs(), language);
    return html`<li class="card case">
<div><h2>${subject[language]}</h2><p><code>${number}</code> · ${text.opened} ${opened}</p></div>
<span class="state ${state}">${icon(STATE_ICONS[state])}${text.states[state]}</span>
<a href="${supportUrl(portal, number)}">${text.contactAbout} ${number}</a>
</li>`;
  });
  const body = html`<h1>${title}</h1>
<p class="lead">${text.casesLead}</p>
<ul class="cases">${items}</ul>`;
  return { page: page(portal, visit, { title, body }) };
}

/** The sensitive page guards itself: its address alone is worth nothing. */
function showContract(portal: Portal, visit: KnownVisit): Answer {
  if (!isSteppedUp(visit.session.person, portal.nowMs())) return { goTo: '/step-up?returnTo=/sensitive' };
  const text = careWords[visit.language];
  const body = html`<section class="message">
<h1>${text.contract}</h1>
<p class="secret"><code>AU-7731-0904-4426</code></p>
<p class="lead">${text.contractWhy}</p>
<div class="actions">${action('/', words[visit.language].home, 'quiet')}</div>
</section>`;
  return { page: page(portal, visit, { title: text.contract, body }) };
}

/** Where an operator's live chat would be; Sigillo links to it from its help pages. */
function showChat(portal: Portal, visit: Visit): Answer {
  const text = careWords[visit.language];
  const body = html`<section class="message">
<h1>${text.chatTitle}</h1>
<p class="lead">${text.chatText}</p>
<div class="actions">${action(`${portal.issuer}/support`, words[visit.language].contact, 'primary')}
${action('/', words[visit.language].home, 'quiet')}</div>
</section>`;
  return { page: page(portal, visit, { title: text.chatTitle, body }) };
}

if (import.meta.main) await runPortal(customerCare, optionsFromEnvironment(process.env));
