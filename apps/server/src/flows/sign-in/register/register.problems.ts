import { defineProblem } from '../../../platform/http/problems.ts';

export const registrationPasswordNeeded = defineProblem(
  'registration-password-needed',
  409,
  'Enter the password that you chose',
  'The link was opened in another browser than the registration: whoever confirms shows that they registered.',
);

export const registrationPasswordWrong = defineProblem(
  'registration-password-wrong',
  422,
  'This is not the password that was chosen',
);
