import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/api-problem.ts';
import type { CeremonyView } from '../../api/contract.ts';
import { ProblemNotice, RequestId } from '../../forms/problem-notice.tsx';
import { QuietButton } from '../../forms/quiet-button.tsx';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useAction } from '../../forms/use-action.ts';
import { makePasskey, withPasskeyWords } from '../../passkeys/browser-passkeys.ts';
import { finishEnrolment, startEnrolment } from '../ceremony.api.ts';
import { useStage } from '../stage.tsx';

interface MakePasskeyProps {
  ceremony: CeremonyView;
  before: ReactNode;
  onBack: (() => void) | undefined;
  /** Awaited, so that what fails in it is shown here. */
  onDone: (ceremony: CeremonyView) => Promise<void>;
}

/** What a passkey is, and one press that has the browser make it. Each try is a new one. */
export function MakePasskey({ ceremony, before, onBack, onDone }: MakePasskeyProps): ReactElement {
  const { t } = useTranslation('set-up');
  const Stage = useStage();
  const { run, ...action } = useAction();
  const make = async (): Promise<void> => {
    const enrolment = await startEnrolment(ceremony.id, { method: 'passkey' });
    const options = enrolment.challenge?.publicKey;
    if (!options) throw new ApiProblem('unexpected', 0);
    const credential = await makePasskey(options);
    await onDone(await withPasskeyWords(() => finishEnrolment(ceremony.id, enrolment, { credential })));
  };

  return (
    <Stage title={t('set-up.passkey-title')} lead={t('set-up.passkey-lead')} before={before}>
      <ProblemNotice problem={action.problem} attempt={action.attempt} />
      <ul>
        <li>{t('set-up.passkey-how')}</li>
        <li>{t('set-up.passkey-private')}</li>
        <li>{t('set-up.passkey-where')}</li>
      </ul>
      <div className="actions">
        <SubmitButton state={action} icon="passkey" onClick={() => run(make)}>
          {t('set-up.passkey-make')}
        </SubmitButton>
        <QuietButton onClick={onBack}>{t('set-up.back')}</QuietButton>
      </div>
      <RequestId problem={action.problem} />
    </Stage>
  );
}
