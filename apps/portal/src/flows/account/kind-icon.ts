import type { IconName } from '@sigillo/ui';
import type { DeviceView } from '../../api/contract.ts';

const ICONS: Record<DeviceView['kind'], IconName> = {
  phone: 'phone',
  tablet: 'tablet',
  computer: 'computer',
  unknown: 'globe',
};

/** The picture of what a browser or an app runs on. */
export function kindIcon(kind: DeviceView['kind']): IconName {
  return ICONS[kind];
}
