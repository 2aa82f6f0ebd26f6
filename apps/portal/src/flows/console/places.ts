import type { IconName } from '@sigillo/ui';
import type { ComponentType } from 'react';
import type { OperatorRole } from '../../api/contract.ts';
import { AuditPage } from './audit/audit.page.tsx';
import { BrandingPage } from './branding/branding.page.tsx';
import { CasesArea } from './cases/cases.area.tsx';
import { DeliveriesPage } from './deliveries/deliveries.page.tsx';
import { EvidencePage } from './evidence/evidence.page.tsx';
import { HoldersPages } from './holders/holders.page.tsx';
import { OperatorsPage } from './operators/operators.page.tsx';
import { RelyingPartiesPages } from './relying-parties/relying-parties.page.tsx';
import { SpendingPage } from './spending/spending.page.tsx';

/** A place of the console: in its menu, on its start page, and in its addresses. Adding one is a line below. */
export interface ConsolePlace {
  /** Last part of the address, and of its texts `console.nav-<name>`, `-short`, `console.about-<name>`. */
  name: string;
  icon: IconName;
  /** Who finds it; the server decides who may. */
  roles: readonly OperatorRole[];
  page: ComponentType;
}

export const PLACES: readonly ConsolePlace[] = [
  { name: 'cases', icon: 'eye', roles: ['reviewer'], page: CasesArea },
  { name: 'holders', icon: 'user', roles: ['help-desk', 'administrator'], page: HoldersPages },
  { name: 'deliveries', icon: 'mail', roles: ['help-desk', 'administrator'], page: DeliveriesPage },
  { name: 'audit', icon: 'check-circle', roles: ['auditor'], page: AuditPage },
  { name: 'evidence', icon: 'id-card', roles: ['auditor'], page: EvidencePage },
  { name: 'relying-parties', icon: 'globe', roles: ['administrator'], page: RelyingPartiesPages },
  { name: 'spending', icon: 'message', roles: ['administrator'], page: SpendingPage },
  { name: 'branding', icon: 'pencil', roles: ['administrator'], page: BrandingPage },
  { name: 'operators', icon: 'key', roles: ['administrator'], page: OperatorsPage },
];
