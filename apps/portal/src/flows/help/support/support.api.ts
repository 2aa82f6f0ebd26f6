import { callApi } from '../../../api/call-api.ts';

export type SupportTopic = 'sign-in' | 'registration' | 'second-factor' | 'other';

export interface SupportMessage {
  email: string;
  name?: string;
  caseNumber?: string;
  topic: SupportTopic;
  message: string;
  interaction?: string;
}

/** Reaches the operator's mailbox; the answer is the number to quote. */
export async function contactSupport(message: SupportMessage): Promise<string> {
  const { reference } = await callApi<{ reference: string }>('POST', '/support', message);
  return reference;
}
