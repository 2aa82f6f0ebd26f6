import { defineProblem } from '../../platform/http/problems.ts';

export const scanGone = defineProblem(
  'scan-gone',
  410,
  'This code is over',
  'It expired, was used, or was scanned by another device. Ask the page for a new one.',
);
export const requestGone = defineProblem(
  'request-gone',
  410,
  'This request is over',
  'It expired, was answered on another device, or was replaced by a newer one.',
);
export const numberWrong = defineProblem(
  'number-wrong',
  422,
  'This is not the number of the page that asks',
  'The request is over. Begin again on the page; whoever sees no such page refuses.',
);
