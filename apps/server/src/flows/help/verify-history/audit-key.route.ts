import { z } from 'zod';
import type { App } from '../../../platform/http/app.ts';

const AuditKey = z.object({
  issuer: z.string(),
  key: z
    .object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })
    .describe('JWK (RFC 8037 §2): signs checkpoints of the audit, and exports of the access history'),
});

/** The key by which anybody verifies an export of the access history, and checkpoints of the audit. */
export function auditKeyRoutes(app: App, { issuer, publicJwk }: { issuer: string; publicJwk: string }): void {
  const key = AuditKey.shape.key.parse(JSON.parse(publicJwk));
  app.get(
    '/api/audit/key',
    {
      schema: {
        operationId: 'getAuditKey',
        summary: 'The public key that signs the audit’s checkpoints and exports of the access history',
        tags: ['history'],
        response: { 200: AuditKey },
      },
    },
    async () => ({ issuer, key }),
  );
}
