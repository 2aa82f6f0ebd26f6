import type { AttributeFault, AttributeName } from '@sigillo/identity';
import { defineProblem } from '../platform/http/problems.ts';

export const identityGone = defineProblem('identity-gone', 404, 'There is no such digital identity');
export const moveRefused = defineProblem(
  'identity-move-refused',
  409,
  'The digital identity does not stand where this could be done',
);
export const identityTaken = defineProblem(
  'identity-taken',
  409,
  'There is a digital identity of this person, or with this code, already',
);
export const contactsUnverified = defineProblem(
  'identity-contacts-unverified',
  409,
  'An e-mail address and a mobile number have to be verified first',
);
export const evidenceMissing = defineProblem(
  'identity-evidence-missing',
  422,
  'Two operators and what they verified are needed',
);
export const attributesWrong = defineProblem<{ faults: { name: AttributeName; fault: AttributeFault }[] }>(
  'identity-attributes-wrong',
  422,
  'Attributes of the digital identity are missing or have another form',
);
