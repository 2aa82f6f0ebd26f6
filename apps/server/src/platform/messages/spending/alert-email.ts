import type { Message } from '../messages.ts';
import type { SpendingAlert } from './sms-spending.ts';

/** The e-mail that tells an alert: in Italian, as requests for help are. */
export function alertEmail(alert: SpendingAlert): Omit<Message, 'to'> {
  const email = { channel: 'email', language: 'it' } as const;
  if (alert.kind === 'budget-nearly-spent') {
    const { prefix, spent, budget } = alert;
    const params = { spent, budget, ...(prefix && { prefix }) };
    return { ...email, template: 'sms-budget-nearly-spent', params };
  }
  const { prefix, sent, confirmed, until } = alert;
  const params = { prefix, sent: String(sent), confirmed: String(confirmed), untilWhen: until.toISOString() };
  return { ...email, template: 'sms-prefix-stopped', params };
}
