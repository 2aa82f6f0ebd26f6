import { Button, CopyButton, Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** Once, and never again: nobody can read it afterwards. */
export function ShownSecret({ secret, onDone }: { secret: string; onDone: () => void }): ReactElement {
  const { t } = useTranslation('relying-parties');
  return (
    <section className="card">
      <h2>{t('relying-parties.secret')}</h2>
      <Notice tone="warning">{t('relying-parties.secret-once')}</Notice>
      <div className="secret">
        <code>{secret}</code>
        <CopyButton text={secret} label={t('relying-parties.copy-secret')} />
      </div>
      <div>
        <Button look="primary" onClick={onDone}>
          {t('relying-parties.secret-kept')}
        </Button>
      </div>
    </section>
  );
}
