import { bestLanguage, isLanguage, type Language } from '@sigillo/ui';

const CHOSEN = 'sigillo.language';
const ASKED = 'sigillo.asked-language';

/**
 * The language to start in: what the relying party asked for on the visitor's behalf (`?lang=`, kept as long as
 * the tab), else what was chosen in this browser, else what the browser prefers.
 */
export function firstLanguage(): Language {
  takeFromAddress();
  const chosen = localStorage.getItem(CHOSEN);
  return askedLanguage() ?? (isLanguage(chosen) ? chosen : bestLanguage(navigator.languages));
}

/** The language a relying party asked for in this tab. */
export function askedLanguage(): Language | undefined {
  const asked = sessionStorage.getItem(ASKED);
  return isLanguage(asked) ? asked : undefined;
}

/** Remembers what the visitor chose; from now on nothing else counts here. */
export function rememberLanguage(language: Language): void {
  sessionStorage.removeItem(ASKED);
  localStorage.setItem(CHOSEN, language);
}

/** The address does not keep it, since loading again would undo a later choice. */
function takeFromAddress(): void {
  const address = new URL(location.href);
  const asked = address.searchParams.get('lang');
  if (!isLanguage(asked)) return;
  sessionStorage.setItem(ASKED, asked);
  address.searchParams.delete('lang');
  history.replaceState(history.state, '', address);
}
