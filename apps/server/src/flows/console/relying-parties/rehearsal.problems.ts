import { defineProblem } from '../../../platform/http/problems.ts';

export const rehearsalUnderWay = defineProblem(
  'rehearsal-under-way',
  409,
  'A rule of this relying party is being rehearsed already',
  'Wait until it is over; how far it is stands beside it.',
);
