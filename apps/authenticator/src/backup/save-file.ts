const LET_GO_AFTER_MS = 60_000;

/** Hands a text to the browser as a file to keep. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers ask the holder first, and read the file only then.
  setTimeout(() => URL.revokeObjectURL(address), LET_GO_AFTER_MS);
}
