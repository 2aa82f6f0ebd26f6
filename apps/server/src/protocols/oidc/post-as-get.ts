import type { App } from '../../platform/http/app.ts';
import { formOf, registerFormRoutes } from './form-bodies.ts';
import type { Page } from './pages/layout.ts';
import { problemPage } from './pages/problem-page.ts';
import { ROUTES } from './provider-config.ts';

/**
 * Relying parties may post what they could as well put into the address (OpenID Connect Core §3.1.2.1,
 * RP-Initiated Logout §2). A post from another site comes without the holder's cookies; the browser is sent on
 * to the same endpoint with a GET, which has them.
 */
export function postAsGetRoutes(app: App, brand: Page['brand']): void {
  const options = { schema: { hide: true }, config: { problemPage: problemPage(brand) } };
  registerFormRoutes(app, (scope) => {
    for (const path of [ROUTES.authorization, ROUTES.end_session]) {
      scope.post(path, options, (request, reply) => reply.redirect(`${path}?${formOf(request.body)}`, 303));
    }
  });
}
