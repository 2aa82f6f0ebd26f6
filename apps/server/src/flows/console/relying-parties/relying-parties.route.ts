import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { decided, type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import type { AuditEventType } from '../../../platform/audit/event-types.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { App } from '../../../platform/http/app.ts';
import { badInput, notFound } from '../../../platform/http/http.problems.ts';
import {
  type AdministeredClient,
  addFromConsole,
  clientExists,
  clientFixed,
  editFromConsole,
  rotateFromConsole,
  showForConsole,
  switchFromConsole,
} from '../../../protocols/oidc/administer-clients.ts';
import { rehearsalRoutes } from './rehearsal.route.ts';
import { type RehearsalPorts, rehearsedBefore } from './rehearsal.service.ts';
import {
  AddClient,
  ClientParams,
  ClientView,
  EditClient,
  ListedClient,
  RotateClient,
  Shown,
  SwitchClient,
} from './relying-parties.schema.ts';

export type RelyingPartyPorts = OperatorPorts & RehearsalPorts;

const tags = ['console'];
const MAY: readonly Role[] = ['administrator'];
const deciding = [operatorNeeded, proofNeeded, ceremonyGone, operationGone];

/** Who may have people sign in here: each change is approved by itself, and on record. */
export function relyingPartiesRoutes(app: App, ports: RelyingPartyPorts): void {
  readingRoutes(app, ports);
  editingRoutes(app, ports);
  switchingRoutes(app, ports);
  rehearsalRoutes(app, ports);
}

function readingRoutes(app: App, ports: RelyingPartyPorts): void {
  app.get(
    '/api/console/relying-parties',
    {
      schema: {
        operationId: 'listRelyingParties',
        summary: 'Every relying party, disabled ones too',
        tags,
        response: { 200: z.object({ relyingParties: z.array(ListedClient) }) },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, MAY);
      return { relyingParties: await ports.clients.relyingParties.list() };
    },
  );

  app.get(
    '/api/console/relying-parties/:client',
    {
      schema: {
        operationId: 'showRelyingParty',
        summary: 'One relying party, as it can be changed; never its secret',
        tags,
        params: ClientParams,
        response: { 200: ClientView },
        problems: [operatorNeeded, notFound],
      },
    },
    async (request) => {
      await requireOperator(ports, request, MAY);
      const { client } = request.params;
      return clientView(await ports.gate.transaction((tx) => showForConsole(ports.clients, tx, client)));
    },
  );
}

const clientView = ({ rules, homeUrl, ...one }: AdministeredClient) => ({
  ...one,
  homeUrl: homeUrl ?? null,
  highSecurity: rules.highSecurity,
});

function editingRoutes(app: App, ports: RelyingPartyPorts): void {
  app.post(
    '/api/console/relying-parties',
    {
      schema: {
        operationId: 'addRelyingParty',
        summary: 'Register a relying party; its secret is shown this once',
        tags,
        body: AddClient,
        response: { 201: Shown },
        problems: [...deciding, clientExists, badInput],
      },
    },
    async (request, reply) => {
      const { approval, ...wanted } = request.body;
      const what = {
        type: 'add-relying-party',
        recordedAs: 'relying-party-added' as const,
        client: wanted.clientId,
      };
      const secret = await decide(ports, request, reply, { ...what, wanted, approval }, (tx) =>
        addFromConsole(ports.clients, tx, wanted),
      );
      return reply.code(201).send({ clientSecret: secret ?? null });
    },
  );

  app.put(
    '/api/console/relying-parties/:client',
    {
      schema: {
        operationId: 'editRelyingParty',
        summary: 'Change a relying party; what is not named stays as it is',
        tags,
        params: ClientParams,
        body: EditClient,
        response: { 204: z.null() },
        problems: [...deciding, notFound, clientFixed, badInput],
      },
    },
    async (request, reply) => {
      const { client } = request.params;
      const { approval, ...wanted } = request.body;
      const known = await rehearsedBefore(ports, client, wanted.policy);
      const what = {
        type: 'edit-relying-party',
        recordedAs: 'relying-party-changed' as const,
        client,
        known,
      };
      await decide(ports, request, reply, { ...what, wanted, approval }, (tx) =>
        editFromConsole(ports.clients, tx, client, wanted),
      );
      return reply.code(204).send(null);
    },
  );
}

function switchingRoutes(app: App, ports: RelyingPartyPorts): void {
  app.post(
    '/api/console/relying-parties/:client/secret',
    {
      schema: {
        operationId: 'rotateRelyingPartySecret',
        summary: 'Give a relying party another secret, shown this once; the old one is dead at once',
        tags,
        params: ClientParams,
        body: RotateClient,
        response: { 201: Shown },
        problems: [...deciding, notFound, clientFixed],
      },
    },
    async (request, reply) => {
      const { client } = request.params;
      const { approval } = request.body;
      const what = {
        type: 'rotate-client',
        recordedAs: 'relying-party-rotated' as const,
        client,
        wanted: {},
      };
      const clientSecret = await decide(ports, request, reply, { ...what, approval }, (tx) =>
        rotateFromConsole(ports.clients, tx, client),
      );
      return reply.code(201).send({ clientSecret });
    },
  );

  app.post(
    '/api/console/relying-parties/:client/switch',
    {
      schema: {
        operationId: 'switchRelyingParty',
        summary: 'Disable a relying party, with all it was given, or enable it again',
        tags,
        params: ClientParams,
        body: SwitchClient,
        response: { 204: z.null() },
        problems: [...deciding, notFound, clientFixed],
      },
    },
    async (request, reply) => {
      const { client } = request.params;
      const { approval, isOn } = request.body;
      const recordedAs: AuditEventType = isOn ? 'relying-party-enabled' : 'relying-party-disabled';
      const type = isOn ? 'enable-relying-party' : 'disable-relying-party';
      const what = { type, recordedAs, client, wanted: {} };
      await decide(ports, request, reply, { ...what, approval }, (tx) =>
        switchFromConsole(ports.clients, tx, client, isOn),
      );
      return reply.code(204).send(null);
    },
  );
}

interface Change {
  type: string;
  recordedAs: AuditEventType;
  client: string;
  /** What it is to be: the proof counts for exactly this. */
  wanted: object;
  approval: string | undefined;
  /** What whoever decides could know of it beforehand; recorded beside what was done. */
  known?: Awaited<ReturnType<typeof rehearsedBefore>>;
}

function decide<T>(
  ports: RelyingPartyPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  { type, recordedAs, client, wanted, approval, known = {} }: Change,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  const decision = {
    type,
    details: { client, wanted: JSON.stringify(wanted) },
    summary: { client },
  };
  const record = { type: recordedAs, details: { client, ...known } };
  return decided(ports, request, reply, MAY, { decision, approval, record }, ({ tx }) => run(tx));
}
