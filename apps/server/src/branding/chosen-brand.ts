import type { ChosenColours } from '@sigillo/ui/brand-colours';
import type { Tx } from '../platform/database/database.ts';

/** How administrators have the installation look, in place of what its brand file says. */
export interface ChosenBrand {
  name: string;
  /** A PNG in base64; null for the logo of the brand file. */
  logo: string | null;
  supportEmail: string | null;
  chatUrl: string | null;
  /** Null for the colours of the brand file. */
  colours: ChosenColours | null;
}

/** Where it is kept. */
export interface ChosenBrands {
  find(tx: Tx): Promise<ChosenBrand | undefined>;
  /** Takes the place of what was chosen before. */
  set(tx: Tx, brand: ChosenBrand, by: string, at: Date): Promise<void>;
  /** Back to the brand file. */
  clear(tx: Tx): Promise<void>;
}
