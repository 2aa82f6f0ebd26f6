import { defineProblem } from '../../../platform/http/problems.ts';

export { interactionGone, signInRefused } from '../../../gate/gate.problems.ts';

export const passkeyRefused = defineProblem(
  'passkey-refused',
  422,
  'This passkey was not accepted',
  'A passkey that was removed, one that nobody knows and a wrong answer are told alike. Use the password, or another passkey.',
);
