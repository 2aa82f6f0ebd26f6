import { Outcome, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { getAccount } from '../../../api/account.api.ts';
import type { RelyingPartyView } from '../../../api/contract.ts';
import { Task } from '../../../app/task.tsx';
import { useLocalName } from '../../../app/use-local-name.ts';
import { issueRecoveryCodes } from '../../../recovery-codes/recovery-codes.api.ts';
import { SaveCodes } from '../../../recovery-codes/save-codes.tsx';

interface OfferRecoveryCodesProps {
  relyingParty: RelyingPartyView | null;
  onDone: () => void;
}

/**
 * Right after the first set-up: codes for the day the phone is lost. Holders who have a set keep it, and a
 * failure here does not stand in the way: the account page offers them again.
 */
export default function OfferRecoveryCodes({ relyingParty, onDone }: OfferRecoveryCodesProps): ReactElement {
  const { t } = useTranslation('recovery-codes');
  const localName = useLocalName();
  const issued = useQuery({
    queryKey: ['first-recovery-codes'],
    queryFn: async () => ((await getAccount()).recoveryCodes ? null : await issueRecoveryCodes()),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const nothingToShow = issued.isError || issued.data === null;
  const skip = useEffectEvent(onDone);
  useEffect(() => {
    if (nothingToShow) skip();
  }, [nothingToShow]);

  if (!issued.data) return <Waiting>{t('ui.loading')}</Waiting>;
  const next = relyingParty
    ? t('recovery-codes.continue-to', { name: localName(relyingParty.name) })
    : t('recovery-codes.continue');
  return (
    <Task
      title={t('recovery-codes.offer-title')}
      lead={t('recovery-codes.offer-lead')}
      before={<Outcome icon="shield" />}
    >
      <SaveCodes issued={issued.data} next={next} onSaved={onDone} />
    </Task>
  );
}
