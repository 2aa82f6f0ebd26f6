import { readersLocale } from '@sigillo/ui';
import { useTranslation } from 'react-i18next';

/** Amounts as people write them; a code costs less than a cent now and then. */
export function useMoney(currency: string): (amount: number) => string {
  const { i18n } = useTranslation('spending');
  const formatTo = (maximumFractionDigits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(readersLocale(i18n.language), {
      style: 'currency',
      currency,
      maximumFractionDigits,
    });
  const [large, small] = [formatTo(2), formatTo(4)];
  return (amount) => (amount < 1 ? small : large).format(amount);
}
