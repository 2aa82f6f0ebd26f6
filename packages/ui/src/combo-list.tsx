import type { FocusEvent, ReactElement, ReactNode } from 'react';
import { ListBox, ListBoxItem, Popover } from 'react-aria-components';

/** An entry of a list that one searches by typing. */
export interface ComboItem {
  id: string;
  text: string;
  /** In the quiet, at the right. */
  detail: string;
}

/** What was found, inside the page's landmark rather than beside it. */
export function ComboList({ empty }: { empty: ReactNode }): ReactElement {
  const container = document.querySelector('main') ?? document.body;
  return (
    <Popover className="combo-list" UNSTABLE_portalContainer={container}>
      <ListBox<ComboItem> ref={keepInPlace} renderEmptyState={() => <p className="combo-empty">{empty}</p>}>
        {({ id, text, detail }) => (
          <ListBoxItem id={id} className="combo-option" textValue={`${text} (${detail})`}>
            <span>{text}</span>
            <span className="combo-prefix">{detail}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

/** React Aria brings the open list to the middle of the window, and then closes it because the page moved. */
function keepInPlace(list: HTMLDivElement | null): void {
  if (list) list.scrollIntoView = () => undefined;
}

/**
 * So that typing begins anew. React Aria plays focus and blur when another entry of the list becomes the active one: then
 * somebody is in the middle of a word.
 */
export function selectAll({ nativeEvent, currentTarget }: FocusEvent<HTMLInputElement>): void {
  if (nativeEvent.isTrusted) currentTarget.select();
}
