import { defineProblem } from '../../../platform/http/problems.ts';

export const emergencyLinkUnknown = defineProblem(
  'emergency-link-unknown',
  404,
  'This is no emergency code of ours',
  'It was mistyped, withdrawn, or replaced by that of a newer card. Nothing was suspended.',
);
