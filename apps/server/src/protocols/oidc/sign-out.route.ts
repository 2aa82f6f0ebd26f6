import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearSession, sessionOf } from '../../gate/http/presenter.ts';
import type { Session } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { signOut } from '../../gate/sessions.ts';
import type { App } from '../../platform/http/app.ts';
import { clientInfoOf } from '../../platform/http/client-info.ts';
import { requestRefused } from '../../platform/http/http.problems.ts';
import { formOf, registerFormRoutes } from './form-bodies.ts';
import type { Page } from './pages/layout.ts';
import { problemPage } from './pages/problem-page.ts';
import type { ArtifactStore, SessionClientStore } from './ports.ts';
import { returnAddress } from './return-address.ts';
import { CONFIRM_PATH, type SignOutRequest, type SignOutTickets } from './sign-out-ticket.ts';

export interface SignOutDeps {
  gate: Gate;
  tickets: SignOutTickets;
  artifacts: ArtifactStore;
  sessionClients: SessionClientStore;
  brand: Page['brand'];
}

/** The holder's answer to the sign-out page. */
export function signOutRoutes(app: App, deps: SignOutDeps): void {
  registerFormRoutes(app, (scope) => {
    const options = { schema: { hide: true }, config: { problemPage: problemPage(deps.brand) } };
    scope.post(CONFIRM_PATH, options, (request, reply) => confirm(deps, request, reply));
  });
}

async function confirm(
  deps: SignOutDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = formOf(request.body);
  const wanted = deps.tickets.read(form.get('ticket') ?? '');
  const choice = form.get('choice');
  if (!wanted || (choice !== 'everywhere' && choice !== 'stay')) throw requestRefused();
  const session = await sessionOf(deps.gate, request);
  // Whoever signed in again meanwhile was not asked.
  if (session?.id === wanted.sessionId) {
    if (choice === 'everywhere') await signOut(deps.gate, session, clientInfoOf(request), wanted.clientId);
    else await leaveClient(deps, session, wanted, request);
  }
  if (choice === 'everywhere' && (!session || session.id === wanted.sessionId)) clearSession(reply);
  const elsewhere = choice === 'everywhere' ? '/signed-out' : '/account';
  return reply.redirect(wanted.returnUri ? returnAddress(wanted.returnUri, wanted.state) : elsewhere, 303);
}

/** The session goes on; what it gave to this one relying party does not. */
async function leaveClient(
  { gate, artifacts, sessionClients }: SignOutDeps,
  session: Session,
  { clientId }: SignOutRequest,
  request: FastifyRequest,
): Promise<void> {
  if (clientId === null) return;
  await gate.transaction(async (tx) => {
    const at = gate.clock.now();
    const clients = await sessionClients.ofSession(tx, session);
    const grantId = clients.find((one) => one.clientId === clientId)?.grantId;
    if (!grantId || !(await artifacts.discard(tx, 'Grant', grantId, at))) return;
    await sessionClients.forget(tx, session, clientId);
    await gate.audit(tx, {
      type: 'signed-out-of-portal',
      accountId: session.accountId,
      actor: 'holder',
      at,
      client: clientInfoOf(request),
      details: { session: session.id, clientId },
    });
  });
}
