import { z } from 'zod';
import type { CaseKind } from '../../../cases/case.ts';
import { CASE_KINDS } from '../../../cases/case.ts';
import {
  caseClosed,
  caseGone,
  caseNotYours,
  caseTaken,
  otherOperatorNeeded,
} from '../../../cases/cases.problems.ts';
import { assertMayDecide, decisionOn } from '../../../cases/decide-case.ts';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { actingOn, askedFor, holdOperator, requireOperator } from '../../../gate/http/operator.ts';
import { openDecision } from '../../../gate/operator-decision.ts';
import { mayAct, type Operator, type Role } from '../../../gate/operators.ts';
import type { App } from '../../../platform/http/app.ts';
import { badInput, notFound } from '../../../platform/http/http.problems.ts';
import { CaseList, CaseParams, CaseQuery, CaseView, Decide, FileParams, Take } from './cases.schema.ts';
import { type CasesPorts, decideCase, readCase, record, releaseCase, takeCase } from './cases.service.ts';
import { type CaseRoutePorts, lineOf, namesOf, viewOf } from './cases.view.ts';

const tags = ['console'];
const SEES: readonly Role[] = ['reviewer'];
const LONGEST_LIST = 200;
const decisions = [
  operatorNeeded,
  proofNeeded,
  ceremonyGone,
  operationGone,
  caseGone,
  caseClosed,
  caseNotYours,
  otherOperatorNeeded,
];
/** Shown beside what was typed, and never run: whatever it is, it is a picture or a document. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Cases: the queue, one of them, who is at it, and what becomes of it. */
export function casesRoutes(app: App, ports: CaseRoutePorts): void {
  listing(app, ports);
  reading(app, ports);
  working(app, ports);
  deciding(app, ports);
}

const kindsFor = ({ kinds }: CasesPorts, operator: Operator): CaseKind[] =>
  CASE_KINDS.filter((kind) => mayAct(operator, kinds[kind].roles));

function listing(app: App, ports: CaseRoutePorts): void {
  app.get(
    '/api/console/cases',
    {
      schema: {
        operationId: 'listCases',
        summary: 'Cases of a state, open ones oldest first, and how many are open of each kind',
        tags,
        querystring: CaseQuery,
        response: { 200: CaseList },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, SEES);
      const { state, kind } = request.query;
      const all = kindsFor(ports, operator);
      const kinds = kind === undefined ? all : all.filter((one) => one === kind);
      return ports.gate.single(async (tx) => {
        const found = await ports.cases.list(tx, { state, kinds, limit: LONGEST_LIST });
        const names = await namesOf(ports, tx);
        const now = ports.gate.clock.now();
        return {
          cases: found.map((one) => lineOf(one, names, now)),
          counts: await ports.cases.countOpen(tx, all),
        };
      });
    },
  );
}

function reading(app: App, ports: CaseRoutePorts): void {
  const { gate, cases } = ports;
  app.get(
    '/api/console/cases/:id',
    {
      schema: {
        operationId: 'getCase',
        summary: 'One case with all that deciding needs; that it was read is recorded',
        tags,
        params: CaseParams,
        response: { 200: CaseView },
        problems: [operatorNeeded, caseGone],
      },
    },
    async (request) => {
      const { operator } = await requireOperator(ports, request, SEES);
      return gate.transaction(async (tx) => {
        const { one, kind } = await readCase(ports, tx, request.params.id, operator);
        await record(gate, tx, one, operator.accountId, 'case-read');
        return viewOf(ports, tx, { one, kind, operator });
      });
    },
  );

  app.get(
    '/api/console/cases/:id/files/:part',
    {
      schema: {
        operationId: 'getCaseFile',
        summary: 'What was handed in with a case; that it was looked at is recorded',
        tags,
        params: FileParams,
        response: { 200: z.unknown().describe('The file itself: image/jpeg, image/png or application/pdf') },
        problems: [operatorNeeded, caseGone, caseClosed],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, SEES);
      const { id, part } = request.params;
      const file = await gate.transaction(async (tx) => {
        const { one } = await readCase(ports, tx, id, operator);
        // What was decided by is evidence from then on: auditors open it, for a reason ([SPID-ENR-6]).
        if (one.state !== 'open') throw caseClosed();
        const found = await cases.file(tx, one, part);
        if (found) await record(gate, tx, one, operator.accountId, 'case-file-read');
        return found;
      });
      if (!file) throw notFound();
      return reply
        .header('content-security-policy', FILE_POLICY)
        .header('content-disposition', file.mediaType === 'application/pdf' ? 'attachment' : 'inline')
        .type(file.mediaType)
        .send(file.content);
    },
  );
}

function working(app: App, ports: CaseRoutePorts): void {
  const { gate } = ports;
  const problems = [operatorNeeded, caseGone, caseClosed];
  app.post(
    '/api/console/cases/:id/take',
    {
      schema: {
        operationId: 'takeCase',
        summary: 'Be the one who decides a case, for half an hour; with a note where it is a colleague’s',
        tags,
        params: CaseParams,
        body: Take,
        response: { 204: z.null() },
        problems: [...problems, caseTaken],
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, SEES);
      const { accountId: operatorId } = operator;
      await gate.transaction(async (tx) => {
        const { one } = await readCase(ports, tx, request.params.id, operator);
        await takeCase(ports, tx, { one, operatorId, note: request.body.note ?? null });
      });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/console/cases/:id/release',
    {
      schema: {
        operationId: 'releaseCase',
        summary: 'Give a case back',
        tags,
        params: CaseParams,
        response: { 204: z.null() },
        problems,
      },
    },
    async (request, reply) => {
      const { operator } = await requireOperator(ports, request, SEES);
      await gate.transaction(async (tx) => {
        const { one } = await readCase(ports, tx, request.params.id, operator);
        await releaseCase(ports, tx, one, operator.accountId);
      });
      return reply.code(204).send(null);
    },
  );
}

function deciding(app: App, ports: CaseRoutePorts): void {
  const { gate } = ports;
  app.post(
    '/api/console/cases/:id/decision',
    {
      schema: {
        operationId: 'decideCase',
        summary:
          'Accept or refuse a case; asks for a proof bound to it, and where it takes two, of each of them',
        tags,
        params: CaseParams,
        body: Decide,
        response: { 200: z.object({ state: z.enum(['open', 'accepted', 'refused', 'withdrawn']) }) },
        problems: decisions,
      },
    },
    async (request, reply) => {
      const { accept, reason = '', approval } = request.body;
      if (!accept && reason === '') throw badInput({ fields: [{ path: 'reason', rule: 'required' }] });
      const verdict = { accept, reason };
      const acting = await actingOn(ports, request, reply, SEES);
      const { id: handle } = request.params;
      const seen = await gate.single((tx) => readCase(ports, tx, handle, acting.operator));
      const { one, kind } = seen;
      if (approval === undefined) {
        assertMayDecide(one, acting.operator.accountId, verdict, gate.clock.now());
        const key = { subjectId: one.subjectId, id: one.operationId ?? '' };
        const first = accept && one.operationId !== null;
        const waiting = first ? await gate.single((tx) => gate.operations.find(tx, key)) : undefined;
        throw await askedFor(ports, acting, decisionOn(one, kind, verdict), waiting);
      }
      const opened = await openDecision(gate, acting, approval);
      const state = await gate.transaction(async (tx) => {
        await holdOperator(ports, tx, acting, kind.roles);
        return decideCase(ports, tx, acting, { ...seen, verdict, opened });
      });
      return { state };
    },
  );
}
