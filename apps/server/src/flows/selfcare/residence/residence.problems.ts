import { defineProblem } from '../../../platform/http/problems.ts';

export const savedElsewhere = defineProblem(
  'saved-elsewhere',
  409,
  'The same was changed somewhere else at the same time',
  'Read it again, then decide.',
);
