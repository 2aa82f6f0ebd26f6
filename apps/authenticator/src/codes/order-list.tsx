import { Button, Icon } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import { Monogram } from './monogram.tsx';

interface Ordered {
  id: string;
  /** The whole name, to be read out. */
  name: string;
  title: string;
  detail: string;
}

interface OrderListProps {
  items: readonly Ordered[];
  onOrder: (ids: string[]) => Promise<void>;
  onDone: () => void;
}

/** Puts accounts in another order, with buttons that a thumb, a keyboard and a voice can all press. */
export function OrderList({ items, onOrder, onDone }: OrderListProps): ReactElement {
  const { t } = useTranslation();
  const [moved, setMoved] = useState('');
  const move = async (index: number, to: number): Promise<void> => {
    const ids = items.map(({ id }) => id);
    const [id = ''] = ids.splice(index, 1);
    ids.splice(to, 0, id);
    await onOrder(ids);
    const name = items[index]?.name ?? '';
    setMoved(t('authenticator.moved', { name, place: to + 1, of: items.length }));
  };
  return (
    <Screen
      title={t('authenticator.order-title')}
      onBack={onDone}
      actions={
        <Button look="primary" wide onClick={onDone}>
          {t('authenticator.done')}
        </Button>
      }
    >
      <p className="visually-hidden" role="status">
        {moved}
      </p>
      <ol className="key-list">
        {items.map(({ id, name, title, detail }, index) => (
          <li key={id}>
            <Monogram name={title} />
            <span className="names">
              <strong>{title}</strong>
              {detail && <span className="muted">{detail}</span>}
            </span>
            <MoveButton
              label={t('authenticator.move-up', { name })}
              isLast={index === 0}
              icon="arrow-up"
              onMove={() => move(index, index - 1)}
            />
            <MoveButton
              label={t('authenticator.move-down', { name })}
              isLast={index === items.length - 1}
              icon="arrow-down"
              onMove={() => move(index, index + 1)}
            />
          </li>
        ))}
      </ol>
    </Screen>
  );
}

interface MoveButtonProps {
  label: string;
  isLast: boolean;
  icon: 'arrow-up' | 'arrow-down';
  onMove: () => void;
}

/** Stays where it is at the end of its way, so that the focus does too. */
function MoveButton({ label, isLast, icon, onMove }: MoveButtonProps): ReactElement {
  return (
    <button
      className="bar-button"
      type="button"
      aria-label={label}
      aria-disabled={isLast || undefined}
      onClick={isLast ? undefined : onMove}
    >
      <Icon name={icon} />
    </button>
  );
}
