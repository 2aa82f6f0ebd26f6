import { Button, Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { ProblemNotice, RequestId } from '../forms/problem-notice.tsx';
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
  const { run, busy, problem, attempt, waitSeconds } = useAction();

  return (
    <Stage title={t('recover.title')} lead={t('recover.lead')}>
      <ProblemNotice problem={problem} attempt={attempt} />
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
      <div className="actions">
        <Button
          look="primary"
          wide
          busy={busy}
          unavailable={waitSeconds > 0}
          onClick={() => run(async () => onStart(await startRecovery(ceremony.id)))}
        >
          {t('recover.start')}
        </Button>
        <Button look="quiet" wide onClick={onBack}>
          {t('recover.back')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </Stage>
  );
}
