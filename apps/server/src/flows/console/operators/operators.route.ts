import { z } from 'zod';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { decided, type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Operator, Role } from '../../../gate/operators.ts';
import { lastAdministrator, notOneself, operatorGone } from '../../../operators/operators.problems.ts';
import { parseEmailAddress } from '../../../platform/email-address.ts';
import type { App } from '../../../platform/http/app.ts';
import { ChangeRoles, Invite, OperatorList, OperatorParams, Remove } from './operators.schema.ts';
import { changeRoles, inviteColleague, type OperatorsPorts, removeOperator } from './operators.service.ts';

type Ports = OperatorsPorts & OperatorPorts;

const tags = ['console'];
const isAboutOperators = true as const;
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const refusals = [operatorNeeded, proofNeeded, ceremonyGone, operationGone];
const changes = [...refusals, operatorGone, notOneself, lastAdministrator];

/** Who may work in the console: for administrators. */
export function operatorsRoutes(app: App, ports: Ports): void {
  const { gate } = ports;
  app.get(
    '/api/console/operators',
    {
      schema: {
        operationId: 'listOperators',
        summary: 'Everybody who may, or might, work in the console',
        tags,
        response: { 200: OperatorList },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, ADMINISTRATOR);
      const operators = await gate.single((tx) => ports.operators.list(tx));
      return { operators: await Promise.all(operators.map((one) => describe(ports, one, operator))) };
    },
  );

  app.post(
    '/api/console/operators',
    {
      schema: {
        operationId: 'inviteOperator',
        summary: 'Invite somebody by e-mail, or anew who lost their key; asks for a proof bound to it',
        tags,
        body: Invite,
        response: { 204: z.null() },
        problems: changes,
      },
    },
    async (request, reply) => {
      const { email: typed, roles, language, approval } = request.body;
      const email = parseEmailAddress(typed) ?? '';
      const details = { email, roles: roles.join(' '), language };
      const decision = { type: 'invite-operator', details };
      const record = { type: 'operator-invitation-sent' as const, details: { roles: details.roles } };
      await decided(
        ports,
        request,
        reply,
        ADMINISTRATOR,
        { decision, approval, isAboutOperators, record },
        ({ tx, operator }) => inviteColleague(ports, tx, { email, roles, language, by: operator }),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/console/operators/:id/roles',
    {
      schema: {
        operationId: 'changeOperatorRoles',
        summary: 'Give an operator other roles; asks for a proof bound to it',
        tags,
        params: OperatorParams,
        body: ChangeRoles,
        response: { 204: z.null() },
        problems: changes,
      },
    },
    async (request, reply) => {
      const { id: subjectId } = request.params;
      const { roles, approval } = request.body;
      const details = { roles: roles.join(' ') };
      const decision = { subjectId, type: 'change-operator-roles', details };
      const record = { type: 'operator-roles-changed' as const, details };
      await decided(
        ports,
        request,
        reply,
        ADMINISTRATOR,
        { decision, approval, isAboutOperators, record },
        ({ tx, operator }) => changeRoles(ports, tx, { id: subjectId, by: operator, roles }),
      );
      return reply.code(204).send(null);
    },
  );
  removal(app, ports);
}

function removal(app: App, ports: Ports): void {
  app.post(
    '/api/console/operators/:id/remove',
    {
      schema: {
        operationId: 'removeOperator',
        summary: 'Take all rights from an operator; asks for a proof bound to it',
        tags,
        params: OperatorParams,
        body: Remove,
        response: { 204: z.null() },
        problems: changes,
      },
    },
    async (request, reply) => {
      const { id: subjectId } = request.params;
      const { approval } = request.body;
      const decision = { subjectId, type: 'remove-operator', details: {} };
      const record = { type: 'operator-removed' as const, details: {} };
      await decided(
        ports,
        request,
        reply,
        ADMINISTRATOR,
        { decision, approval, isAboutOperators, record },
        ({ tx, operator }) => removeOperator(ports, tx, { id: subjectId, by: operator }),
      );
      return reply.code(204).send(null);
    },
  );
}

async function describe({ gate }: Ports, one: Operator, self: Operator) {
  const prover = await gate.single((tx) => gate.accounts.load(tx, one.accountId));
  return {
    id: one.accountId,
    name: one.name,
    email: prover?.contacts.find((contact) => contact.kind === 'email')?.address ?? '',
    state: one.state,
    roles: [...one.roles],
    createdAt: one.createdAt.toISOString(),
    isSelf: one.accountId === self.accountId,
  };
}
