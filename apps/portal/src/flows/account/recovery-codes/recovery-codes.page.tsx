import { Button, Notice } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { AccountView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { issueRecoveryCodes, type RecoveryCodes } from '../../../recovery-codes/recovery-codes.api.ts';
import { SaveCodes } from '../../../recovery-codes/save-codes.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { refreshAccount, useAccount } from '../use-account.ts';

/** Codes for the day the phone is lost: made here, shown once. */
export function RecoveryCodesPage(): ReactElement {
  const { t } = useTranslation('recovery-codes');
  const account = useAccount();
  const navigate = useNavigate();
  const [issued, setIssued] = useState<RecoveryCodes>();
  const finish = async (): Promise<void> => {
    await refreshAccount();
    await navigate('/account/two-factor');
  };

  return (
    <Page
      key={issued ? 'codes' : 'make'}
      title={issued ? t('recovery-codes.offer-title') : t('recovery-codes.title')}
      lead={issued ? t('recovery-codes.offer-lead') : t('recovery-codes.lead')}
    >
      {issued ? (
        <div className="card">
          <SaveCodes issued={issued} next={t('recovery-codes.finish')} onSaved={finish} />
        </div>
      ) : (
        <Loaded query={account}>{(data) => <MakeCodes account={data} onIssued={setIssued} />}</Loaded>
      )}
    </Page>
  );
}

function MakeCodes(props: { account: AccountView; onIssued: (codes: RecoveryCodes) => void }): ReactElement {
  const { t } = useTranslation('recovery-codes');
  const withProof = useStepUp();
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const existing = props.account.recoveryCodes;
  const make = (): Promise<boolean> => run(async () => props.onIssued(await withProof(issueRecoveryCodes)));

  return (
    <div className="card">
      {!isProblem(problem, 'proof-given-up') && <ProblemNotice problem={problem} attempt={attempt} />}
      <p>{t('recovery-codes.how')}</p>
      {existing && <Notice tone="warning">{t('recovery-codes.voids', { count: existing.left })}</Notice>}
      <div>
        <Button look="primary" icon="key" busy={busy} unavailable={waitSeconds > 0} onClick={make}>
          {existing ? t('recovery-codes.make-new') : t('recovery-codes.make')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </div>
  );
}
