/**
 * Claims: the portal of an insurer, where a household lists what was damaged. Its policy in Sigillo demands
 * a second factor, so the portal asks for nothing special; it only refuses what comes back weaker.
 * Copy it with `kit/` to start your own.
 */
import type { Inventory } from './claims.inventory.ts';
import { addItem, exampleInventory, removeItem } from './claims.inventory.ts';
import type { AddItemAttempt } from './claims.inventory-section.ts';
import { inventorySection } from './claims.inventory-section.ts';
import { claimsWords } from './claims.words.ts';
import type { Html } from './kit/html.ts';
import { html } from './kit/html.ts';
import { icon } from './kit/icons.ts';
import { learnedPanel } from './kit/learned.ts';
import { humanDay } from './kit/moments.ts';
import { isSteppedUp } from './kit/open-id-connect.ts';
import { action, page, supportUrl } from './kit/page.ts';
import type { Answer, KnownVisit, Portal, PortalDesign, Visit } from './kit/portal.ts';
import { isKnown, signedIn } from './kit/portal.ts';
import type { Session } from './kit/sessions.ts';
import type { PortalOptions } from './kit/settings.ts';
import { optionsFromEnvironment } from './kit/settings.ts';
import type { RunningPortal } from './kit/start-portal.ts';
import { runPortal, startPortal } from './kit/start-portal.ts';
import { words } from './kit/words.ts';

/** Who this portal is to Sigillo, and its pages. */
export const claims: PortalDesign = {
  key: 'claims',
  defaultPort: 8083,
  clientId: 'claims',
  name: { it: 'Portale sinistri', en: 'Claims portal' },
  scopes: ['openid', 'email'],
  minimumLevel: 2,
  navigation: [],
  routes: {
    'GET /': (portal, visit) => ({ page: isKnown(visit) ? claim(portal, visit) : welcome(portal, visit) }),
    'POST /items': signedIn(add),
    'POST /items/remove': signedIn(remove),
    'GET /sensitive': signedIn(showAccount),
  },
};

/** Starts the portal in this process. */
export function startClaims(options: PortalOptions = {}): Promise<RunningPortal> {
  return startPortal(claims, options);
}

const CLAIM_NUMBER = 'CL-2031-7745';
const HAPPENED_DAYS_AGO = 9;
const DAY_MS = 86_400_000;

/** Lists live as long as the session they belong to. */
const inventories = new WeakMap<Session, Inventory>();

function inventoryOf({ session }: KnownVisit): Inventory {
  const inventory = inventories.get(session) ?? exampleInventory();
  inventories.set(session, inventory);
  return inventory;
}

function welcome(portal: Portal, visit: Visit): Html {
  const text = claimsWords[visit.language];
  const offers = (['list', 'sum', 'lock'] as const).map((name) => {
    return html`<li>${icon(name)}<div><h2>${text.offers[name].title}</h2><p>${text.offers[name].text}</p></div></li>`;
  });
  const body = html`<section class="welcome">
<div>
<h1>${text.welcome}</h1>
<p class="lead">${text.lead}</p>
${action('/sign-in', words[visit.language].signIn, 'primary')}
<p class="aside">${text.proofs}</p>
</div>
<ul class="offers">${offers}</ul>
</section>`;
  return page(portal, visit, { title: text.welcome, body });
}

/** The page of the claim; after a form that could not be accepted, with what was typed and what to change. */
function claim(portal: Portal, visit: KnownVisit, attempt?: AddItemAttempt): Html {
  const text = claimsWords[visit.language];
  const heading = `${text.claim} ${CLAIM_NUMBER}`;
  const title = attempt ? `${words[visit.language].error}: ${heading}` : heading;
  const body = html`${claimHead(portal, visit)}
<div class="columns wide-first">
${inventorySection(inventoryOf(visit), visit.language, attempt)}
<div class="stack">
<section class="card sensitive">
${icon('lock')}
<div><h2>${text.payment}</h2><p>${text.paymentWhy}</p></div>
${action('/step-up?returnTo=/sensitive', text.paymentDo, 'primary')}
</section>
${learnedPanel(portal, visit)}
</div>
</div>`;
  return page(portal, visit, { title, body, path: '/' });
}

function claimHead(portal: Portal, visit: KnownVisit): Html {
  const { language } = visit;
  const text = claimsWords[language];
  const happened = humanDay(portal.nowMs() - HAPPENED_DAYS_AGO * DAY_MS, portal.nowMs(), language);
  return html`<section class="claim">
<div>
<h1>${text.claim} <span class="keep">${CLAIM_NUMBER}</span></h1>
<p>${text.event}</p>
<p><a href="${supportUrl(portal, CLAIM_NUMBER)}">${text.contact} ${CLAIM_NUMBER}</a></p>
</div>
<dl>
<div><dt>${text.happened}</dt><dd>${happened}</dd></div>
<div><dt>${text.state}</dt><dd>${icon('waiting')}${text.stateNow}</dd></div>
</dl>
</section>`;
}

function add(portal: Portal, visit: KnownVisit): Answer {
  const errors = addItem(inventoryOf(visit), visit.form);
  if (errors.length === 0) return { goTo: '/#inventory' };
  return { page: claim(portal, visit, { errors, typed: visit.form }) };
}

function remove(_portal: Portal, visit: KnownVisit): Answer {
  removeItem(inventoryOf(visit), Number(visit.form.get('id')));
  return { goTo: '/#inventory' };
}

/** The sensitive page guards itself: its address alone is worth nothing. */
function showAccount(portal: Portal, visit: KnownVisit): Answer {
  if (!isSteppedUp(visit.session.person, portal.nowMs())) return { goTo: '/step-up?returnTo=/sensitive' };
  const text = claimsWords[visit.language];
  const body = html`<section class="message">
<h1>${text.account}</h1>
<p class="secret"><code>IT60 X054 2811 1010 0000 0123 456</code></p>
<p class="lead">${text.accountWhy}</p>
<div class="actions">${action(supportUrl(portal, CLAIM_NUMBER), words[visit.language].contact, 'quiet')}
${action('/', words[visit.language].home, 'quiet')}</div>
</section>`;
  return { page: page(portal, visit, { title: text.account, body }) };
}

if (import.meta.main) await runPortal(claims, optionsFromEnvironment(process.env));
