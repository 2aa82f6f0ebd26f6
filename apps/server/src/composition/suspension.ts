import { suspendByCardRoutes } from '../flows/help/suspend/suspend-by-card.route.ts';
import { suspendByPhoneRoutes } from '../flows/help/suspend/suspend-by-phone.route.ts';
import {
  type EmergencyCardPorts,
  emergencyCardRoutes,
} from '../flows/selfcare/emergency-card/emergency-card.route.ts';
import { suspendRoutes } from '../flows/selfcare/suspend/suspend.route.ts';
import { liftSuspensionRoutes } from '../flows/sign-in/lift-suspension/lift-suspension.route.ts';
import type { Identifiers } from '../gate/account-ports.ts';
import type { App } from '../platform/http/app.ts';

/** Everything that suspends an account, and what lifts that. */
export function suspensionRoutes(app: App, ports: EmergencyCardPorts & { identifiers: Identifiers }): void {
  suspendRoutes(app, ports);
  emergencyCardRoutes(app, ports);
  suspendByCardRoutes(app, ports);
  suspendByPhoneRoutes(app, ports);
  liftSuspensionRoutes(app, ports);
}
