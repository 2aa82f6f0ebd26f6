import type { Place } from '../../area/area-nav.tsx';

/**
 * The places of self-care: in the menu, and as boxes on its start page. The texts of one are `selfcare.nav-<name>`,
 * `selfcare.nav-<name>-short` and `selfcare.box-<name>`.
 */
export const PLACES: Place[] = [
  { to: '/selfcare', name: 'home', icon: 'home' },
  { to: '/selfcare/data', name: 'data', icon: 'id-card', wideOnly: true },
  { to: '/selfcare/contacts', name: 'contacts', icon: 'mail' },
  { to: '/selfcare/codes', name: 'codes', icon: 'message' },
  { to: '/selfcare/document', name: 'document', icon: 'upload', wideOnly: true },
  { to: '/selfcare/history', name: 'history', icon: 'clock' },
  { to: '/selfcare/suspend', name: 'suspend', icon: 'lock' },
];
