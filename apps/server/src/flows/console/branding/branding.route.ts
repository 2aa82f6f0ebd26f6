import { createHash } from 'node:crypto';
import { colourFaults } from '@sigillo/ui/brand-colours';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ChosenBrand, ChosenBrands } from '../../../branding/chosen-brand.ts';
import type { LiveBrand } from '../../../branding/live-brand.ts';
import { LOGO_BYTES, logoSize } from '../../../branding/logo.ts';
import { ceremonyGone, operationGone, operatorNeeded, proofNeeded } from '../../../gate/gate.problems.ts';
import { decided, type OperatorPorts, requireOperator } from '../../../gate/http/operator.ts';
import type { Role } from '../../../gate/operators.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { App } from '../../../platform/http/app.ts';
import { coloursUnreadable, logoRefused } from './branding.problems.ts';

export type BrandingPorts = OperatorPorts & { brands: ChosenBrands; live: LiveBrand };

const tags = ['console'];
const ADMINISTRATORS: readonly Role[] = ['administrator'];
const decisionProblems = [operatorNeeded, proofNeeded, ceremonyGone, operationGone];
const approval = z.string().max(64).optional();
const colour = z.string().regex(/^#[0-9a-f]{6}$/i);
const colours = z.strictObject({ primary: colour, header: colour }).nullable();
// As base64 writes the bytes.
const logo = z
  .base64()
  .max(Math.ceil(LOGO_BYTES / 3) * 4)
  .nullable();

const Chosen = z.strictObject({
  name: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .regex(/^[^<>\p{Cc}\p{Cf}]+$/u)
    .describe('Of the installation, on every page and in every message'),
  logo: logo.describe('A PNG; null for that of the brand file'),
  supportEmail: z.email().max(254).nullable(),
  chatUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
  colours: colours.describe('Null for those of the brand file'),
});
const Change = Chosen.extend({ approval });
const look = z.object({
  name: z.string(),
  logo: z.string().nullable().describe('An SVG element'),
  supportEmail: z.string().nullable(),
  chatUrl: z.string().nullable(),
  colours: z.object({ primary: z.string(), header: z.string() }),
});
const Branding = z.object({
  chosen: Chosen.nullable().describe('Null where the installation looks as its brand file says'),
  own: look.describe('As the brand file says'),
});

/** How the installation looks: what administrators chose, and the way back to the brand file. */
export function brandingRoutes(app: App, ports: BrandingPorts): void {
  reading(app, ports);
  changing(app, ports);
}

function reading(app: App, ports: BrandingPorts): void {
  const { gate, brands, live } = ports;
  app.get(
    '/api/console/branding',
    {
      schema: {
        operationId: 'getBranding',
        summary: 'Name, logo, colours and addresses of the installation as they were chosen',
        tags,
        response: { 200: Branding },
        problems: [operatorNeeded],
      },
    },
    async (request) => {
      await requireOperator(ports, request, ADMINISTRATORS);
      const chosen = await gate.single((tx) => brands.find(tx));
      const { name, logo: picture, supportEmail, chatUrl, colours: own } = live.own;
      const { primary, header } = own.light;
      return {
        chosen: chosen ?? null,
        own: { name, logo: picture, supportEmail, chatUrl, colours: { primary, header } },
      };
    },
  );
}

function changing(app: App, ports: BrandingPorts): void {
  const { gate, brands } = ports;
  app.put(
    '/api/console/branding',
    {
      schema: {
        operationId: 'setBranding',
        summary: 'Have the installation look so, on every node within seconds',
        tags,
        body: Change,
        response: { 204: z.null() },
        problems: [...decisionProblems, coloursUnreadable, logoRefused],
      },
    },
    async (request, reply) => {
      const { approval: given, ...chosen } = request.body;
      assertReadable(chosen);
      await change(ports, request, reply, { chosen, approval: given }, (tx, by) =>
        brands.set(tx, chosen, by, gate.clock.now()),
      );
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/console/branding/reset',
    {
      schema: {
        operationId: 'resetBranding',
        summary: 'Have the installation look as its brand file says again',
        tags,
        body: z.strictObject({ approval }),
        response: { 204: z.null() },
        problems: decisionProblems,
      },
    },
    async (request, reply) => {
      const wanted = { chosen: null, approval: request.body.approval };
      await change(ports, request, reply, wanted, (tx) => brands.clear(tx));
      return reply.code(204).send(null);
    },
  );
}

/** @throws coloursUnreadable, logoRefused */
function assertReadable({ colours: wanted, logo: picture }: ChosenBrand): void {
  const faults = wanted ? colourFaults(wanted) : [];
  if (faults.length > 0) throw coloursUnreadable({ faults });
  if (picture !== null && !logoSize(Buffer.from(picture, 'base64'))) throw logoRefused();
}

/** With a proof for exactly this look; this node takes it up at once, the others when they look next. */
async function change(
  ports: BrandingPorts,
  request: FastifyRequest,
  reply: FastifyReply,
  { chosen, approval: given }: { chosen: ChosenBrand | null; approval: string | undefined },
  run: (tx: Tx, by: string) => Promise<void>,
): Promise<void> {
  const look = createHash('sha256').update(JSON.stringify(chosen)).digest('hex');
  const { name, colours: wanted } = chosen ?? { name: null, colours: null };
  const wish = {
    decision: { type: 'change-branding', details: { look } },
    approval: given,
    record: {
      type: chosen ? ('branding-changed' as const) : ('branding-reset' as const),
      details: { look, name, primary: wanted?.primary ?? null, header: wanted?.header ?? null },
    },
  };
  await decided(ports, request, reply, ADMINISTRATORS, wish, ({ tx, operator }) =>
    run(tx, operator.accountId),
  );
  ports.live.use(chosen ?? undefined);
}
