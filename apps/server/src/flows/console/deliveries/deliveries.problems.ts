import { defineProblem } from '../../../platform/http/problems.ts';

export const notPaidFor = defineProblem(
  'message-not-paid-for',
  409,
  'This SMS would go over a budget, or its prefix is stopped',
  'Wait for the next hour, or release the prefix, and send it again.',
);
