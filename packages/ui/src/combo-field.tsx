import { type ReactElement, useLayoutEffect, useState } from 'react';
import { ComboBox, Input } from 'react-aria-components';
import { type ComboItem, ComboList, selectAll } from './combo-list.tsx';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { suitReactAria } from './suit-react-aria.ts';

interface ComboFieldProps extends FieldProps {
  id?: string;
  name?: string;
  /** What stands in the field: chosen, or typed. */
  value: string;
  /** What the list offers for it. */
  items: readonly ComboItem[];
  /** Said where there is nothing to offer. */
  empty: string;
  onType: (text: string) => void;
  onChoose: (item: ComboItem) => void;
}

/** One line of text with a list of what it may be; what is not in the list can be typed all the same. */
export function ComboField(props: ComboFieldProps): ReactElement {
  const { id, name, value, items, empty, onType, onChoose, ...frame } = props;
  // Before its own effects run.
  useLayoutEffect(suitReactAria, []);
  // The list closes because something else is chosen than before: what was, until another word is typed.
  const [chosen, setChosen] = useState<ComboItem>();
  const choose = (key: unknown): void => {
    const item = items.find((candidate) => candidate.id === key);
    if (!item) return;
    setChosen(item);
    onChoose(item);
  };
  return (
    <FieldFrame {...frame} id={id}>
      {(control) => (
        <ComboBox
          className="combo"
          aria-label={frame.label}
          items={items}
          inputValue={value}
          selectedKey={chosen?.text === value ? chosen.id : null}
          allowsCustomValue
          allowsEmptyCollection
          onInputChange={(text) => text !== value && onType(text)}
          onSelectionChange={choose}
        >
          <Input {...control} name={name} className="input" autoComplete="off" onFocus={selectAll} />
          <ComboList empty={empty} />
        </ComboBox>
      )}
    </FieldFrame>
  );
}
