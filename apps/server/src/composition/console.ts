import { type KindPorts, kindsOfCase } from '../cases/kinds.ts';
import { casesRoutes } from '../flows/console/cases/cases.route.ts';
import { suspendFirstRoute } from '../flows/console/cases/suspend-first.route.ts';
import { invitationRoutes } from '../flows/console/invitation/invitation.route.ts';
import { operatorsRoutes } from '../flows/console/operators/operators.route.ts';
import { requestsRoutes } from '../flows/console/requests/requests.route.ts';
import type { RequestsPorts } from '../flows/console/requests/requests.service.ts';
import { consoleSignInRoutes } from '../flows/console/sign-in/sign-in.route.ts';
import type { OperatorPorts } from '../gate/http/operator.ts';
import type { AcceptPorts } from '../operators/accept-invitation.service.ts';
import type { App } from '../platform/http/app.ts';

type ConsolePorts = OperatorPorts &
  KindPorts &
  RequestsPorts &
  Omit<AcceptPorts, 'clock' | 'keyring' | 'audit'>;

/** What operators do, each with what it asks for. */
export function consoleRoutes(app: App, parts: ConsolePorts): void {
  const { clock, keyring, audit } = parts.gate;
  const ports = { ...parts, clock, keyring, audit };
  consoleSignInRoutes(app, ports);
  invitationRoutes(app, ports);
  operatorsRoutes(app, ports);
  requestsRoutes(app, ports);
  const cases = { ...ports, kinds: kindsOfCase(ports) };
  casesRoutes(app, cases);
  suspendFirstRoute(app, cases);
}
