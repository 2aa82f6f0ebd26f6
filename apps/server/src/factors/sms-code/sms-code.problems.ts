import { defineProblem } from '../../platform/http/problems.ts';

export const phoneNotAccepted = defineProblem<{ reason: 'malformed' | 'not-mobile' | 'country' }>(
  'phone-not-accepted',
  422,
  'This phone number cannot receive codes',
);

export const smsUnavailable = defineProblem<{ retryAfterSeconds: number }>(
  'sms-unavailable',
  503,
  'Codes by SMS cannot be sent to this number now',
  'Too much was spent on numbers that begin like this one, or hardly any code sent to them came back. It says nothing about the account. Use another method, or try again after retryAfterSeconds.',
);
