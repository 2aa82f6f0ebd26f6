const ENDINGS: Record<string, string> = {
  'application/json': 'json',
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** Has the browser keep a file. @param name without its ending */
export function saveFile({
  name,
  mediaType,
  content,
}: {
  name: string;
  mediaType: string;
  /** In base64. */
  content: string;
}): void {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  link.download = `${name}.${ENDINGS[mediaType] ?? 'bin'}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
