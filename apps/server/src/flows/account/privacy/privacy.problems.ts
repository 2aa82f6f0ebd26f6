import { defineProblem } from '../../../platform/http/problems.ts';

/** The link to the data was used, is over, or belongs to another account. */
export const exportGone = defineProblem('export-gone', 404, 'This link was used or is over');

/** The account holds a digital identity, which has to be revoked first. */
export const identityHeld = defineProblem('identity-held', 409, 'A digital identity has to be revoked first');

/** The erasure has begun, was stopped already, or the link is none. */
export const erasureGone = defineProblem('erasure-gone', 404, 'This erasure cannot be stopped any more');

/** A contact was changed a short while ago: whoever did it may not be the holder. */
export const contactChanged = defineProblem<{ until: string }>(
  'contact-changed',
  409,
  'Not so soon after a contact was changed',
);
