/** What the server asks of the holder: a sign-in to confirm, or another operation. */
export interface PendingRequest {
  id: string;
  /** `push`: the server called the device; `qr`: the device scanned, or its holder typed, what a page showed. */
  kind: 'push' | 'qr';
  /** `sign-in`, or the type of an operation. */
  type: string;
  nonce: string;
  account: string;
  client: string;
  operationDigest: string;
  /** What the holder reads, byte for byte as it was received: its digest is signed. */
  text: string;
  /** Digits of the number on the sign-in page that has to be typed here; null where none is shown. */
  numberDigits: 3 | 6 | null;
  /** Six digits to be typed into the browser after the approval; null where none are wanted. */
  check: string | null;
  fromNewPlace: boolean;
  createdAt: string;
  expiresAt: string;
}

/** One line of what is asked. */
export interface Fact {
  label: string;
  value: string;
}

/** A request's text, taken apart to be shown. */
export interface Shown {
  question: string;
  facts: Fact[];
}

/**
 * The question on the first line, and the lines below as label and value. Nothing is left out and nothing is
 * added: a line without a tab is shown whole, as a value.
 */
export function readText(text: string): Shown {
  const [question = '', ...lines] = text.split('\n');
  return { question, facts: lines.filter((line) => line !== '').map(readFact) };
}

function readFact(line: string): Fact {
  const tab = line.indexOf('\t');
  return tab < 0 ? { label: '', value: line } : { label: line.slice(0, tab), value: line.slice(tab + 1) };
}
