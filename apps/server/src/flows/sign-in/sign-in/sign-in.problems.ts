import { defineProblem } from '../../../platform/http/problems.ts';

export { interactionGone } from '../../../gate/gate.problems.ts';

export const signInRefused = defineProblem(
  'sign-in-refused',
  422,
  'The user id or e-mail and the password do not match',
  'Unknown accounts, wrong passwords and closed ones are answered alike. Try again, or reset the password.',
);

export const passkeyRefused = defineProblem(
  'passkey-refused',
  422,
  'This passkey was not accepted',
  'A passkey that was removed, one that nobody knows and a wrong answer are told alike. Use the password, or another passkey.',
);
