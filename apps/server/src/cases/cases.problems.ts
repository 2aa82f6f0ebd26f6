import { defineProblem } from '../platform/http/problems.ts';

export const caseGone = defineProblem('case-gone', 404, 'There is no such case');
export const caseClosed = defineProblem('case-closed', 409, 'This case is decided');
export const caseNotYours = defineProblem(
  'case-not-yours',
  409,
  'Take this case first',
  'It is free, or a colleague is at it. Whoever decides a case has taken it.',
);
export const otherOperatorNeeded = defineProblem(
  'other-operator-needed',
  409,
  'Another operator decides next',
  'This case takes two operators, and you are the first.',
);
export const caseTaken = defineProblem(
  'case-taken',
  409,
  'A colleague is at this case',
  'Whoever takes it over says why, in a note that stands in its history.',
);
export const notSuspended = defineProblem(
  'not-suspended',
  409,
  'This account is not suspended for this, or not any more',
);
export const restsAlready = defineProblem(
  'rests-already',
  409,
  'This account is suspended for this already, is closed, or the case suspends nothing',
);
export const fileRefused = defineProblem<{ reason: 'type' | 'size' | 'pixels' | 'content' }>(
  'file-refused',
  422,
  'This file cannot be taken',
  'A JPEG or PNG of at most 50 megapixels, or a PDF, of at most 10 MiB: what it is, is read from its content.',
);
