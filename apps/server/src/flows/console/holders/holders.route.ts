import { z } from 'zod';
import { pushWithheld } from '../../../factors/app-push/app-push.problems.ts';
import { operatorNeeded, sendLater, tooManyTries } from '../../../gate/gate.problems.ts';
import type { App } from '../../../platform/http/app.ts';
import type { ResetLinkPorts } from '../../../recovery/reset-link.ts';
import { endHolderSessions, startRecovery } from './help-holder.service.ts';
import { actingOf, type DeskPorts, decisionProblems, helped } from './helped.ts';
import { type HolderFilePorts, readHolderFile } from './holder-file.service.ts';
import { fileClosed, holderNotReachable, noAppToAsk } from './holders.problems.ts';
import {
  CallerAnswer,
  CallerAsked,
  CheckParams,
  Decide,
  FileParams,
  Found,
  HolderFileView,
  Search,
  StartRecovery,
} from './holders.schema.ts';
import { type SearchPorts, searchHolders } from './search-holders.service.ts';
import { askCaller, readCallerAnswer } from './verify-caller.service.ts';

type HoldersPorts = DeskPorts & SearchPorts & HolderFilePorts & ResetLinkPorts;

const tags = ['console'];

/** Finding a holder for a reason, and helping them: never by a secret of theirs. */
export function holdersRoutes(app: App, ports: HoldersPorts): void {
  readingRoutes(app, ports);
  callerRoutes(app, ports);
  helpingRoutes(app, ports);
}

function readingRoutes(app: App, ports: HoldersPorts): void {
  app.post(
    '/api/console/holders/search',
    {
      schema: {
        operationId: 'searchHolders',
        summary: 'Find a holder by something known whole, for a reason, which is recorded; nobody is listed',
        tags,
        body: Search,
        response: { 200: Found },
        problems: [operatorNeeded, tooManyTries],
      },
    },
    async (request, reply) => ({
      holders: await searchHolders(ports, await actingOf(ports, request, reply), request.body),
    }),
  );

  app.get(
    '/api/console/holders/:file',
    {
      schema: {
        operationId: 'readHolderFile',
        summary: 'What help desk sees of a holder; every look is recorded',
        tags,
        params: FileParams,
        response: { 200: HolderFileView },
        problems: [operatorNeeded, fileClosed],
      },
    },
    async (request, reply) =>
      readHolderFile(ports, await actingOf(ports, request, reply), request.params.file),
  );
}

function callerRoutes(app: App, ports: HoldersPorts): void {
  app.post(
    '/api/console/holders/:file/caller-checks',
    {
      schema: {
        operationId: 'askCaller',
        summary: 'Ask the holder’s app whether its owner is on the telephone; the number is read out',
        tags,
        params: FileParams,
        response: { 201: CallerAsked },
        problems: [operatorNeeded, fileClosed, noAppToAsk, pushWithheld],
      },
    },
    async (request, reply) => {
      const asked = await askCaller(ports, await actingOf(ports, request, reply), request.params.file);
      return reply.code(201).send(asked);
    },
  );

  app.get(
    '/api/console/holders/:file/caller-checks/:check',
    {
      schema: {
        operationId: 'readCallerAnswer',
        summary: 'What the app answered; it opens nothing, and counts for five minutes',
        tags,
        params: CheckParams,
        response: { 200: CallerAnswer },
        problems: [operatorNeeded, fileClosed],
      },
    },
    async (request, reply) => ({
      state: await readCallerAnswer(ports, await actingOf(ports, request, reply), request.params),
    }),
  );
}

function helpingRoutes(app: App, ports: HoldersPorts): void {
  app.post(
    '/api/console/holders/:file/recovery',
    {
      schema: {
        operationId: 'startHolderRecovery',
        summary: 'Start a recovery: what it takes goes to the holder’s own confirmed address',
        tags,
        params: FileParams,
        body: StartRecovery,
        response: { 204: z.null() },
        problems: [...decisionProblems, holderNotReachable, sendLater],
      },
    },
    async (request, reply) => {
      const { lost, approval } = request.body;
      const what = {
        type: 'start-recovery',
        recordedAs: 'recovery-started-by-desk' as const,
        details: { lost },
      };
      await helped(ports, request, reply, { ...what, approval }, (tx, { holder }) =>
        startRecovery(ports, tx, holder, lost),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/console/holders/:file/end-sessions',
    {
      schema: {
        operationId: 'endHolderSessions',
        summary: 'End every session of the holder, on every node at once',
        tags,
        params: FileParams,
        body: Decide,
        response: { 204: z.null() },
        problems: decisionProblems,
      },
    },
    async (request, reply) => {
      const { approval } = request.body;
      const what = { type: 'end-holder-sessions', recordedAs: 'all-sessions-ended' as const, details: {} };
      await helped(ports, request, reply, { ...what, approval }, (tx, { holder }) =>
        endHolderSessions(ports.gate, tx, holder),
      );
      return reply.code(204).send(null);
    },
  );
}
