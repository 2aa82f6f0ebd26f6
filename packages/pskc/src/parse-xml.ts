import { DOMParser, type Element, onWarningStopParsing, ParseError } from '@xmldom/xmldom';
import { Unreadable } from './token-record.ts';

/** Ten thousand tokens are about 15 MiB; deeper than a key in its container nothing is. */
const LIMITS = { characters: 32 * 1024 * 1024, depth: 24 };

/**
 * The root of an XML document in UTF-8. Refused: what is not well-formed, what is too large or too deep, and every
 * document type declaration, so that there are no entities to expand and nothing outside is ever asked for.
 *
 * @throws Unreadable
 */
export function parseXml(bytes: Uint8Array): Element {
  const text = decode(bytes);
  if (text.length > LIMITS.characters) throw new Unreadable('the file is too large');
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(text))
    throw new Unreadable('the file declares a document type, which key containers do not have');
  if (deepest(text) > LIMITS.depth) throw new Unreadable('the file is nested too deeply');
  try {
    const root = new DOMParser({ onError: onWarningStopParsing }).parseFromString(text, 'text/xml');
    if (root.documentElement) return root.documentElement;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  throw new Unreadable('the file is not well-formed XML');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('the file is not UTF-8');
  }
}

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [tag] of text.matchAll(/<[^!?][^>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    most = Math.max(most, depth);
  }
  return most;
}

/** The children of a name, whatever the prefix: makers disagree about the namespaces of what they borrow. */
export function childrenOf(element: Element, name: string): Element[] {
  const children: Element[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === node.ELEMENT_NODE && node.localName === name) children.push(node as Element);
  }
  return children;
}

/** The one element at the end of a path of names; undefined when it is not there. @throws Unreadable when it is there twice */
export function at(element: Element | undefined, ...path: string[]): Element | undefined {
  const [name, ...rest] = path;
  if (name === undefined || !element) return element;
  const [child, second] = childrenOf(element, name);
  if (second) throw new Unreadable(`${name} is there twice`);
  return at(child, ...rest);
}

/** What stands in an element, without the white space around it. */
export const textOf = (element: Element | undefined): string | undefined =>
  element?.textContent?.trim() ?? undefined;
