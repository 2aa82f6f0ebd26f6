/**
 * Asks the browser not to clear this app's storage when the disk fills up. Browsers decide by themselves; they
 * tend to agree once the app is installed. What they answer changes nothing here.
 */
export function askToKeepStorage(): void {
  navigator.storage?.persist?.().catch(() => false);
}
