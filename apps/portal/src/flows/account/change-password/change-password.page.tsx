import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CeremonyView } from '../../../api/contract.ts';
import { leaveAccount } from '../../../app/leave-account.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { CeremonyUntilDone } from '../../../ceremony/ceremony-until-done.tsx';
import { BackLink } from '../back-link.tsx';
import { finishPasswordChange, getPasswordRules } from './change-password.api.ts';
import { ChangePasswordForm } from './change-password-form.tsx';

/** Current, new, repeat; then the second factor; then sign in again. */
export function ChangePasswordPage(): ReactElement {
  const { t } = useTranslation('change-password');
  const rules = useQuery({ queryKey: ['password-rules'], queryFn: getPasswordRules });
  const [ceremony, setCeremony] = useState<CeremonyView>();
  const navigate = useNavigate();
  const finish = async ({ id }: CeremonyView): Promise<void> => {
    await finishPasswordChange(id);
    leaveAccount('/password-changed');
  };
  return (
    <div className="account-page account-page--task">
      <BackLink to="/account/security">{t('change-password.back')}</BackLink>
      {ceremony ? (
        <CeremonyUntilDone
          key={ceremony.id}
          first={ceremony}
          finish={finish}
          onRefused={() => void navigate('/account/security')}
          onGone={() => setCeremony(undefined)}
        />
      ) : (
        <Loaded query={rules}>{(data) => <ChangePasswordForm rules={data} onBegun={setCeremony} />}</Loaded>
      )}
    </div>
  );
}
