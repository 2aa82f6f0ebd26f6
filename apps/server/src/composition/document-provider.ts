import type { Provider } from '@sigillo/documents';
import type { Brand } from '@sigillo/ui/brand-css';
import type { Config } from '../platform/config/config.ts';

/** Who issues identities, as documents say it. */
export function documentProvider({ issuer, provider }: Config, brand: Brand): Provider {
  const { name, address, certifiedMail, phone } = provider;
  const site = new URL(issuer);
  return {
    get name() {
      return name ?? brand.name;
    },
    address: address ?? site.origin,
    get email() {
      return brand.supportEmail ?? `support@${site.hostname}`;
    },
    ...(certifiedMail && { certifiedMail }),
    ...(phone && { phone }),
    privacyUrl: new URL('/privacy', site).href,
    helpUrl: new URL('/help', site).href,
    get colour() {
      return brand.colours.light.primary;
    },
  };
}
