import { coloursFrom } from '@sigillo/ui/brand-colours';
import type { Brand } from '@sigillo/ui/brand-css';
import type { ChosenBrand } from './chosen-brand.ts';
import { svgOf } from './logo.ts';

/** The brand as it is now: who holds on to it sees each change. */
export interface LiveBrand {
  brand: Brand;
  /** As the brand file says. */
  own: Brand;
  /** @param chosen undefined for the brand file alone */
  use(chosen: ChosenBrand | undefined): void;
}

/** The brand file, and over it what administrators chose. */
export function liveBrand(own: Brand): LiveBrand {
  let now = own;
  const brand: Brand = {
    get name() {
      return now.name;
    },
    get logo() {
      return now.logo;
    },
    get font() {
      return now.font;
    },
    get supportEmail() {
      return now.supportEmail;
    },
    get chatUrl() {
      return now.chatUrl;
    },
    get colours() {
      return now.colours;
    },
  };
  let last = '';
  const use = (chosen: ChosenBrand | undefined): void => {
    const wanted = JSON.stringify(chosen ?? null);
    if (wanted === last) return;
    last = wanted;
    now = chosen ? brandOf(own, chosen) : own;
  };
  return { brand, own, use };
}

/** What was chosen over the brand file. */
function brandOf(own: Brand, { name, logo, supportEmail, chatUrl, colours }: ChosenBrand): Brand {
  return {
    ...own,
    name,
    supportEmail,
    chatUrl,
    logo: logo === null ? own.logo : svgOf(Buffer.from(logo, 'base64')),
    colours: colours ? coloursFrom(colours) : own.colours,
  };
}
