import type { Html } from './html.ts';
import type { Language, Translated } from './language.ts';
import type { Person } from './open-id-connect.ts';
import type { Provider } from './provider.ts';
import type { Session, Sessions } from './sessions.ts';

/** What makes one portal: an entry such as `customer-care.ts` describes it, `startPortal` runs it. */
export interface PortalDesign {
  /** Names its cookies, its style sheet and its logo; letters and hyphens. */
  key: string;
  defaultPort: number;
  clientId: string;
  clientSecret?: string;
  name: Translated<string>;
  scopes: readonly string[];
  /** The weakest sign-in it takes. What is asked of people is set in Sigillo; this is the check afterwards. */
  minimumLevel: 1 | 2;
  navigation: readonly { path: string; label: Translated<string> }[];
  routes: Routes;
}

/** A design, running. */
export interface Portal {
  design: PortalDesign;
  baseUrl: string;
  issuer: string;
  publicName: string | undefined;
  provider: Provider;
  sessions: Sessions;
  nowMs: () => number;
  log: (line: string) => void;
}

/** One request. */
export interface Visit {
  method: 'GET' | 'POST';
  url: URL;
  language: Language;
  session: Session | undefined;
  /** Fields of a form that was sent here; empty for a plain visit. */
  form: URLSearchParams;
}

/** A visit of somebody who is signed in. */
export interface KnownVisit extends Visit {
  session: Session & { person: Person };
}

/** The reply: a page, or somewhere else to go. */
export type Answer = ({ page: Html; status?: number } | { goTo: string | URL }) & {
  /** The browser's session from now on; null ends it. Left out, nothing changes. */
  session?: Session | null;
  language?: Language;
};

export type Handler = (portal: Portal, visit: Visit) => Answer | Promise<Answer>;

/** Handlers by method and path, such as `GET /cases`. */
export type Routes = Readonly<Record<`${'GET' | 'POST'} /${string}`, Handler>>;

/**
 * A page for people who are signed in. Others do `otherwise`: sign in first, and then come back to it, or to
 * the home page when they were sending a form.
 */
export function signedIn(
  handler: (portal: Portal, visit: KnownVisit) => Answer | Promise<Answer>,
  otherwise: Handler = signInFirst,
): Handler {
  return (portal, visit) => (isKnown(visit) ? handler(portal, visit) : otherwise(portal, visit));
}

function signInFirst(_portal: Portal, { method, url }: Visit): Answer {
  const returnTo = method === 'GET' ? url.pathname : '/';
  return { goTo: `/sign-in?${new URLSearchParams({ returnTo })}` };
}

/** Whether somebody is signed in. */
export function isKnown(visit: Visit): visit is KnownVisit {
  return visit.session?.person !== undefined;
}
