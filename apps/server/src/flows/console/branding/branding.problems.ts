import type { ColourFault } from '@sigillo/ui/brand-colours';
import { defineProblem } from '../../../platform/http/problems.ts';

export const coloursUnreadable = defineProblem<{ faults: ColourFault[] }>(
  'colours-unreadable',
  422,
  'These colours cannot be read',
  'Text needs a contrast of 4.5 (WCAG 2.2, 1.4.3). Each entry of faults names a colour and the nearest that would do.',
);
export const logoRefused = defineProblem(
  'logo-refused',
  422,
  'This picture cannot be a logo',
  'A PNG of at most 64 KiB and 1024 pixels on each side.',
);
