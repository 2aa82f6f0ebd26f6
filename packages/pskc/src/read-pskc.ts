import type { Element } from '@xmldom/xmldom';
import {
  base64,
  type ContainerKeys,
  type ContainerSecret,
  containerKeys,
  openValue,
} from './encrypted-value.ts';
import { at, childrenOf, parseXml, textOf } from './parse-xml.ts';
import {
  checkedToken,
  type TokenFile,
  type TokenRecord,
  tokenCollector,
  Unreadable,
  wholeNumber,
} from './token-record.ts';

const NAMESPACE = 'urn:ietf:params:xml:ns:keyprov:pskc';
const MOST_KEYS = 50_000;

/**
 * Reads a key container (RFC 6030) with the one-time-code keys in it. Faults are told for every key; whatever is
 * not understood is a fault, since a key is not to be used for what its maker did not mean it for (§4.3).
 *
 * @param nowMs keys that are over by then are refused
 */
export async function readPskc(
  bytes: Uint8Array,
  nowMs: number,
  secret?: ContainerSecret,
): Promise<TokenFile> {
  const collector = tokenCollector();
  return collector.read(async () => {
    const container = containerOf(bytes);
    const keys = await containerKeys(container, secret);
    const packages = childrenOf(container, 'KeyPackage');
    if (packages.length > MOST_KEYS) throw new Unreadable(`the file has more than ${MOST_KEYS} keys`);
    for (const [i, one] of packages.entries()) {
      if (isPin(one)) continue;
      const id = childrenOf(one, 'Key')[0]?.getAttribute('Id');
      await collector.token(`key ${id || i + 1}`, () => readPackage(one, keys, nowMs));
    }
  });
}

function containerOf(bytes: Uint8Array): Element {
  const container = parseXml(bytes);
  const isContainer = container.localName === 'KeyContainer' && container.namespaceURI === NAMESPACE;
  if (!isContainer) throw new Unreadable('the file is no key container of RFC 6030');
  // Of another major version nothing is known (§4.1).
  if (!/^1\.\d+$/.test(container.getAttribute('Version') ?? ''))
    throw new Unreadable('the file is of another version than 1');
  return container;
}

/** The PIN of a token that asks for it by itself: nothing of ours (§5.1, figure 5). */
const isPin = (one: Element): boolean =>
  childrenOf(one, 'Key')[0]?.getAttribute('Algorithm') === `${NAMESPACE}:pin`;

async function readPackage(
  one: Element,
  keys: ContainerKeys | undefined,
  nowMs: number,
): Promise<TokenRecord> {
  const key = at(one, 'Key');
  if (!key) throw new Unreadable('there is no key in the package');
  const kind = /^urn:ietf:params:xml:ns:keyprov:pskc[:#](hotp|totp)$/i.exec(
    key.getAttribute('Algorithm') ?? '',
  );
  if (!kind) throw new Unreadable(`the algorithm ${key.getAttribute('Algorithm') ?? ''} is not known`);
  checkPolicy(at(key, 'Policy'), nowMs);
  const data = at(key, 'Data');
  const seed = await secretOf(at(data, 'Secret'), keys);
  const isTimed = kind[1]?.toLowerCase() === 'totp';
  if (isTimed && number(data, 'Time', 0) !== 0) throw new Unreadable('its time does not begin in 1970');
  return checkedToken({
    serial: textOf(at(one, 'DeviceInfo', 'SerialNo')) ?? key.getAttribute('Id') ?? '',
    kind: isTimed ? 'totp' : 'hotp',
    seed,
    algorithm: textOf(at(key, 'AlgorithmParameters', 'Suite')) ?? '',
    digits: digitsOf(at(key, 'AlgorithmParameters', 'ResponseFormat')),
    stepSeconds: isTimed ? number(data, 'TimeInterval', 30) : 30,
    counter: isTimed ? 0 : number(data, 'Counter', 0),
  });
}

async function secretOf(secret: Element | undefined, keys: ContainerKeys | undefined): Promise<Uint8Array> {
  const encrypted = at(secret, 'EncryptedValue');
  if (encrypted) return openValue(encrypted, textOf(at(secret, 'ValueMAC')), keys);
  const plain = at(secret, 'PlainValue');
  // In a container that encrypts, a value in clear was put there by somebody without the key.
  if (plain && keys) throw new Unreadable('its seed is in clear in a file that is encrypted');
  return base64(textOf(plain));
}

/** A number of the key; one that is encrypted is not read. */
function number(data: Element | undefined, name: string, otherwise: number): number {
  const element = at(data, name);
  if (!element) return otherwise;
  return wholeNumber(textOf(at(element, 'PlainValue')) ?? '', name);
}

function digitsOf(format: Element | undefined): number {
  if (format?.getAttribute('Encoding') !== 'DECIMAL') throw new Unreadable('its codes are no decimal digits');
  if (/^(true|1)$/.test(format.getAttribute('CheckDigits') ?? ''))
    throw new Unreadable('its codes have a check digit');
  return wholeNumber(format.getAttribute('Length') ?? '', 'Length');
}

const POLICY = ['StartDate', 'ExpiryDate', 'PINPolicy', 'KeyUsage', 'NumberOfTransactions'];

/** What the maker allows; what is not understood is not allowed (§4.3). */
function checkPolicy(policy: Element | undefined, nowMs: number): void {
  if (!policy) return;
  for (let node = policy.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === node.ELEMENT_NODE && !POLICY.includes(node.localName ?? ''))
      throw new Unreadable(`its policy has ${node.localName ?? ''}, which is not known`);
  }
  const expiry = textOf(at(policy, 'ExpiryDate'));
  if (expiry !== undefined && !(Date.parse(expiry) > nowMs))
    throw new Unreadable(`it is over since ${expiry}`);
  const uses = childrenOf(policy, 'KeyUsage').map(textOf);
  if (uses.length > 0 && !uses.includes('OTP')) throw new Unreadable('it is not meant for one-time codes');
  const pin = at(policy, 'PINPolicy')?.getAttribute('PINUsageMode') ?? 'Local';
  if (pin !== 'Local') throw new Unreadable('it wants its PIN to be checked here');
}
