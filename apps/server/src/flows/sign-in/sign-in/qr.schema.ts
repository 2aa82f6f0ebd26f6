import { z } from 'zod';

export const StartQr = z.strictObject({
  interaction: z.string().min(1).max(64).optional(),
  ceremony: z.string().min(1).max(64).optional().describe('The app is to be a proof of this ceremony'),
});
export const QrParams = z.object({ id: z.uuid() });
export const RedeemQr = z.strictObject({
  check: z.string().max(32).optional().describe('The six digits that the app shows, where needsCheck'),
});

const QrTicketView = z
  .object({
    id: z.uuid(),
    state: z.enum(['pending', 'scanned', 'approved', 'used', 'refused', 'void', 'expired']),
    text: z.string().nullable().describe('What the QR code holds; only in the answer that made it'),
    code: z.string().nullable().describe('To be typed into the app in its place, with dashes'),
    redrawsLeft: z.int(),
    needsCheck: z.boolean().describe('Once approved: the app shows six digits to be typed here'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'QrTicket' });

export const QrAnswer = z.object({ ticket: QrTicketView });
