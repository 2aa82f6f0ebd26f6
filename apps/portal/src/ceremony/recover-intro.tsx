import { Button, Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { ProblemNotice, RequestId } from '../forms/problem-notice.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useAction } from '../forms/use-action.ts';
import { startRecovery } from './ceremony.api.ts';
import { useStage } from './stage.tsx';

interface RecoverIntroProps {
  ceremony: CeremonyView;
  onStart: (recovery: CeremonyView) => void;
  onBack: () => void;
}

/** What it takes to replace a lost second factor, and what it ends, before anything is begun. */
export function RecoverIntro({ ceremony, onStart, onBack }: RecoverIntroProps): ReactElement {
  const { t } = useTranslation('recover');
  const Stage = useStage();
  const { run, ...action } = useAction();
  const start = (): Promise<boolean> => run(async () => onStart(await startRecovery(ceremony.id)));

  return (
    <Stage title={t('recover.title')} lead={t('recover.lead')}>
      <ProblemNotice problem={action.problem} attempt={action.attempt} />
      <WhatHappens />
      <div className="actions">
        <SubmitButton state={action} onClick={start}>
          {t('recover.start')}
        </SubmitButton>
        <Button look="quiet" wide onClick={onBack}>
          {t('recover.back')}
        </Button>
      </div>
      <RequestId problem={action.problem} />
    </Stage>
  );
}

function WhatHappens(): ReactElement {
  const { t } = useTranslation('recover');
  return (
    <>
      <ol className="steps-list">
        <li>
          <span>{t('recover.step-prove')}</span>
        </li>
        <li>
          <span>{t('recover.step-set-up')}</span>
        </li>
        <li>
          <span>{t('recover.step-sign-in')}</span>
        </li>
      </ol>
      <Notice tone="warning" title={t('recover.consequences')}>
        <ul className="notice-list">
          <li>{t('recover.consequence-factors')}</li>
          <li>{t('recover.consequence-sessions')}</li>
          <li>{t('recover.consequence-mail')}</li>
        </ul>
      </Notice>
    </>
  );
}
