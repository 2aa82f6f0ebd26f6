import { defineProblem } from '../platform/http/problems.ts';

export const lastAdministrator = defineProblem(
  'last-administrator',
  409,
  'Somebody has to administer the console',
  'This operator is the last administrator. Make somebody else an administrator first.',
);
export const notOneself = defineProblem(
  'not-oneself',
  409,
  'Nobody changes their own rights',
  'Ask another administrator.',
);
export const operatorGone = defineProblem('operator-gone', 404, 'There is no such operator');
export const keyNotBound = defineProblem(
  'key-not-bound',
  422,
  'This passkey may be copied, or does not check who uses it',
  'The console takes keys that stay on one device and verify their user: a security key with a PIN, or a passkey that is not synchronised.',
);
