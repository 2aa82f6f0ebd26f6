export type Theme = 'light' | 'dark';

const KEY = 'sigillo.theme';

/** The theme on screen: what the visitor chose, else what the system asks for. */
export function currentTheme(): Theme {
  return chosenTheme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

/** Shows what was chosen on an earlier visit; call it before the first paint. */
export function applyChosenTheme(): void {
  const theme = chosenTheme();
  if (theme) document.documentElement.dataset.theme = theme;
}

/** Shows a theme and remembers it in this browser; undefined follows the system again. */
export function chooseTheme(theme: Theme | undefined): void {
  if (theme) {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  } else {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(KEY);
  }
}

/** What was chosen in this browser; undefined when nothing was, and the system decides. */
export function chosenTheme(): Theme | undefined {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : undefined;
}
