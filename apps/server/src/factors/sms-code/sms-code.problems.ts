import { defineProblem } from '../../platform/http/problems.ts';

export const phoneNotAccepted = defineProblem<{ reason: 'malformed' | 'not-mobile' | 'country' }>(
  'phone-not-accepted',
  422,
  'This phone number cannot receive codes',
);
