import type { Provider } from '@sigillo/documents';
import { codeDeliveryRoutes } from '../flows/selfcare/code-delivery/code-delivery.route.ts';
import { documentsRoutes } from '../flows/selfcare/documents/documents.route.ts';
import { providerRoutes } from '../flows/selfcare/documents/provider.route.ts';
import { identitiesRoutes } from '../flows/selfcare/identities/identities.route.ts';
import { residenceRoutes } from '../flows/selfcare/residence/residence.route.ts';
import type { ViewPorts } from '../gate/http/ceremony-view.ts';
import type { App } from '../platform/http/app.ts';
import type { Stores } from './gate.ts';

/** What a holder does about a digital identity. */
export function selfCareRoutes(app: App, shared: ViewPorts & Stores, provider: Provider): void {
  identitiesRoutes(app, shared);
  residenceRoutes(app, { ...shared, provider });
  codeDeliveryRoutes(app, shared);
  documentsRoutes(app, { ...shared, provider });
  providerRoutes(app, { provider });
}
