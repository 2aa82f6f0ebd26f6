import { Button, Checkbox, CopyButton, Notice, readersLocale } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand, useSession } from '../app/session.ts';
import type { RecoveryCodes } from './recovery-codes.api.ts';

interface SaveCodesProps {
  issued: RecoveryCodes;
  /** Words of the button that goes on. */
  next: string;
  onSaved: () => void;
}

/** The codes, shown once: copy, download or print them, say so, go on. */
export function SaveCodes({ issued, next, onSaved }: SaveCodesProps): ReactElement {
  const { t } = useTranslation('recovery-codes');
  const heading = useHeading(issued.issuedAt);
  const [saved, setSaved] = useState(false);
  const [asked, setAsked] = useState(false);

  return (
    <div className="stack stack--loose">
      <div className="print-only">
        <h2>{heading.title}</h2>
        <p>{heading.owner}</p>
      </div>
      <ul className="recovery-codes">
        {issued.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <SaveButtons issued={issued} />
      <Notice tone="warning">{t('recovery-codes.keep-safe')}</Notice>
      <div className="stack stack--tight no-print">
        <Checkbox
          id="codes-saved"
          checked={saved}
          onChange={setSaved}
          error={asked && !saved ? t('recovery-codes.save-first') : undefined}
        >
          {t('recovery-codes.saved')}
        </Checkbox>
        <Button look="primary" wide onClick={() => (saved ? onSaved() : setAsked(true))}>
          {next}
        </Button>
      </div>
    </div>
  );
}

/** Whose codes these are and when they were made: on paper and in a file nothing else says it. */
function useHeading(issuedAt: string): { title: string; owner: string } {
  const { t, i18n } = useTranslation('recovery-codes');
  const name = useBrand()?.name ?? '';
  const email = useSession().data?.account?.email;
  const date = new Intl.DateTimeFormat(readersLocale(i18n.language), {
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return {
    title: t('recovery-codes.file-title', { name }),
    owner: [email, date.format(new Date(issuedAt))].filter(Boolean).join(' · '),
  };
}

function SaveButtons({ issued }: { issued: RecoveryCodes }): ReactElement {
  const { t } = useTranslation('recovery-codes');
  const name = useBrand()?.name ?? '';
  const { title, owner } = useHeading(issued.issuedAt);
  const text = [title, owner, '', ...issued.codes, ''].join('\n');
  const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${t('recovery-codes.file-name')}.txt`;

  return (
    <div className="actions actions--row no-print">
      <CopyButton look="secondary" text={issued.codes.join('\n')} label={t('recovery-codes.copy')} />
      <Button small icon="download" onClick={() => download(file, text)}>
        {t('recovery-codes.download')}
      </Button>
      <Button small icon="print" onClick={() => print()}>
        {t('recovery-codes.print')}
      </Button>
    </div>
  );
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
