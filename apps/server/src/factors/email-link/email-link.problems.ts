import { defineProblem } from '../../platform/http/problems.ts';

export const linkOver = defineProblem(
  'link-over',
  410,
  'This link can no longer be used',
  'It was used, has expired, or a newer one was sent. Ask for a new one.',
);
