import { defineProblem } from '../../../platform/http/problems.ts';

export const signInRefused = defineProblem(
  'sign-in-refused',
  422,
  'The user id or e-mail and the password do not match',
  'Unknown accounts, wrong passwords and closed ones are answered alike. Try again, or reset the password.',
);

export const interactionGone = defineProblem<{ homeUrl: string | null }>(
  'interaction-gone',
  410,
  'This sign-in is over',
  'It took too long, was finished already, or belongs to another browser. Start again from the portal.',
);
