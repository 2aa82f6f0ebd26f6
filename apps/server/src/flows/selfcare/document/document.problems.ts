import { defineProblem } from '../../../platform/http/problems.ts';

export const documentNotWanted = defineProblem(
  'document-not-wanted',
  409,
  'The present document is good for longer',
  'A new one can be handed in from 60 days before it expires.',
);
export const reviewWaiting = defineProblem(
  'review-waiting',
  409,
  'A document waits to be reviewed',
  'Take it back to hand in another one.',
);
export const photosMissing = defineProblem('photos-missing', 409, 'Both sides of the document are needed');
