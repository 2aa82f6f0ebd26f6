import { defineProblem } from '../../../platform/http/problems.ts';

export const contactLocked = defineProblem<{ until: string }>(
  'contact-locked',
  409,
  'This contact was changed a short time ago',
  'It can be changed again six days after it was changed last: at `until`.',
);

export const contactTheSame = defineProblem('contact-the-same', 422, 'The account has this contact already');

export const emailNotAccepted = defineProblem('email-not-accepted', 422, 'This is no e-mail address');
