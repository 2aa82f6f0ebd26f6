import { defineProblem } from '../../../platform/http/problems.ts';

export const deliveryNotSetUp = defineProblem(
  'delivery-not-set-up',
  409,
  'The account has nothing set up that codes could reach in this way',
);
