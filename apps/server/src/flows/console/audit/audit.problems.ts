import { defineProblem } from '../../../platform/http/problems.ts';

export const checkUnderWay = defineProblem(
  'audit-check-under-way',
  409,
  'The audit is being checked already',
  'Wait until it is over; how far it is stands beside the state of the record.',
);
