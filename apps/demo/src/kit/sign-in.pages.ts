import type { Html } from './html.ts';
import { html } from './html.ts';
import { action, formButton, page } from './page.ts';
import type { KnownVisit, Portal, Visit } from './portal.ts';
import { isKnown } from './portal.ts';
import { returningTo, returnPath } from './return-path.ts';
import type { ProblemName } from './words.ts';
import { words } from './words.ts';

/** What went wrong with a sign-in, in plain words, with a way on and a way back. */
export function problemPage(portal: Portal, visit: Visit, problem: ProblemName): Html {
  const text = words[visit.language];
  const { title } = text.problems[problem];
  const actions = html`${wayOn(portal, visit, problem)}
${action('/', text.home, 'quiet')}`;
  return page(portal, visit, { title, body: message(title, text.problems[problem].text, actions) });
}

/** The choice between leaving this portal and leaving Sigillo as well. */
export function signOutPage(portal: Portal, visit: KnownVisit): Html {
  const text = words[visit.language];
  const body = html`<section class="message">
<h1>${text.signOutTitle}</h1>
<div class="choice">
<p>${text.signOutHereWhy}</p>
${formButton('/sign-out/here', text.signOutHere, 'primary')}
</div>
<div class="choice">
<p>${text.signOutEverywhereWhy}</p>
${formButton('/sign-out/everywhere', text.signOutEverywhere, 'quiet')}
</div>
<p><a href="/">${text.goBack}</a></p>
</section>`;
  return page(portal, visit, { title: text.signOut, body });
}

/** Shown after signing out, here or at Sigillo. */
export function signedOutPage(portal: Portal, visit: Visit): Html {
  const text = words[visit.language];
  const actions = html`${action('/sign-in', text.signInAgain, 'primary')}
${action('/', text.home, 'quiet')}`;
  return page(portal, visit, {
    title: text.signedOutTitle,
    body: message(text.signedOutTitle, text.signedOutText, actions),
  });
}

/** A request that no page could answer. */
export function refusedPage(portal: Portal, visit: Visit, status: number): Html {
  const text = words[visit.language];
  const refused = status === 500 ? text.pageFailed : text.pageRefused;
  const { title, text: why } = status === 404 ? text.pageMissing : refused;
  return page(portal, visit, {
    title,
    body: message(title, why, action('/', text.home, 'primary')),
    path: '/',
  });
}

function message(title: string, text: string, actions: Html): Html {
  return html`<section class="message">
<h1>${title}</h1>
<p class="lead">${text}</p>
<div class="actions">${actions}</div>
</section>`;
}

/** The one button that may solve it. */
function wayOn(portal: Portal, visit: Visit, problem: ProblemName): Html {
  const text = words[visit.language];
  const isAway = problem === 'temporarily_unavailable';
  const again = isAway || isKnown(visit) ? text.tryAgain : text.signIn;
  const returnTo = returnPath(portal, visit);
  if (problem === 'other_person') return action('/sign-out', text.signOut, 'primary');
  if (problem === 'unmet_authentication_requirements' && isKnown(visit)) {
    return action(returningTo('/step-up', returnTo), again, 'primary');
  }
  return action(returningTo('/sign-in', returnTo), again, 'primary');
}
