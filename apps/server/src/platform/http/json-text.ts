/** Deeper than anything we take, and far from what makes a parser or a validator slow. */
const MOST_DEPTH = 20;

interface Level {
  /** Names of an object so far; undefined for a list. */
  names: Set<string> | undefined;
}

/**
 * Why a JSON text is not taken though a parser would: it is nested too deeply, or names a member twice, of which
 * programs that read it would each take another (RFC 8259 §4). What is no JSON at all is left to the parser.
 */
export function faultOfJson(text: string): 'depth' | 'duplicate' | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const names = levels.at(-1)?.names;
      if (names && isName(text, end)) {
        const name = nameOf(text.slice(at, end));
        if (names.has(name)) return 'duplicate';
        names.add(name);
      }
      at = end - 1;
    } else if (character === '{' || character === '[') {
      levels.push({ names: character === '{' ? new Set() : undefined });
      if (levels.length > MOST_DEPTH) return 'depth';
    } else if (character === '}' || character === ']') levels.pop();
  }
  return undefined;
}

/** Behind the quote that ends the string which begins at `start`; the end of the text if none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

const COLON = /[\t\n\r ]*:/y;

/** A string that a colon follows is the name of a member. */
function isName(text: string, end: number): boolean {
  COLON.lastIndex = end;
  return COLON.test(text);
}

/** As it is after escapes: `"\u0061"` names the same member as `"a"`. */
function nameOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
