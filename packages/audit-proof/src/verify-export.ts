import { base64urlDecode, base64urlEncode } from '@sigillo/device-protocol';
import { accessBytes } from './access.ts';
import { blockHash, leafHash, rootOfPath, sha256 } from './hashes.ts';
import type { ExportedAccess, ExportedBlock, HistoryExport, LineProof } from './history-export.ts';
import { readExport } from './read-export.ts';
import { type AuditKey, type SignatureReader, signatureReader } from './signed.ts';

/** What is wrong with a file. */
export type ExportFault =
  /** It is no file of an access history, or not all of it. */
  | 'not-an-export'
  /** The key did not seal these bytes. */
  | 'seal-broken'
  /** Lines that are not the ones that were recorded, or that the audit does not have where they say. */
  | 'lines-broken'
  /** Blocks that no signed checkpoint leads to. */
  | 'blocks-broken';

export interface VerifiedExport {
  faults: ExportFault[];
  /** Undefined when the file could not be read. */
  file?: Pick<HistoryExport, 'issuer' | 'account' | 'exportedAt' | 'filter'>;
  lines: number;
  /** Lines that stand in the sealed audit. */
  proven: number;
  /** Lines that were not sealed yet when the file was made. */
  pending: number;
  /** Lines from before lines were bound to the audit. */
  unbound: number;
  /** Ids of the lines that are not what they say. */
  broken: string[];
}

const NONE = { lines: 0, proven: 0, pending: 0, unbound: 0, broken: [] };

/**
 * Whether a file of the access history is what an installation gave out, and whether its lines stand in the sealed
 * audit. Computes all of it anew, from the file and the key alone.
 *
 * @param key published by the installation; whoever verifies got it from there, not from the file
 * @param onProgress told now and then which part is done, from 0 to 1
 * @throws TypeError when the key is none
 */
export async function verifyExport(
  bytes: Uint8Array,
  key: AuditKey,
  onProgress: (done: number) => void = () => {},
): Promise<VerifiedExport> {
  const signed = await signatureReader(key);
  const read = readExport(bytes);
  if (!read) return { ...NONE, faults: ['not-an-export'] };
  const { file, sealed } = read;
  const { issuer, account, exportedAt, filter } = file;
  const result: VerifiedExport = {
    ...NONE,
    broken: [],
    faults: [],
    file: { issuer, account, exportedAt, filter },
    lines: file.accesses.length,
  };
  if (!(await isSealed(file, sealed, signed))) result.faults.push('seal-broken');
  const roots = await anchoredRoots(file, signed);
  if (!roots.every) result.faults.push('blocks-broken');
  await passLines(file, roots.byNumber, result, onProgress);
  if (result.broken.length > 0) result.faults.push('lines-broken');
  return result;
}

async function isSealed(file: HistoryExport, sealed: Uint8Array, signed: SignatureReader): Promise<boolean> {
  const says = await signed('sigillo-history-export+jwt', String(file.seal)).catch(() => undefined);
  return (
    says !== undefined &&
    says.iss === file.issuer &&
    says.account === file.account &&
    says.lines === file.accesses.length &&
    says.sha256 === base64urlEncode(await sha256(sealed))
  );
}

type Roots = Map<number, { root: Uint8Array; count: number }>;

/**
 * The Merkle roots of the blocks that a signed checkpoint confirms: of the block itself, or of one that follows it
 * link by link.
 */
async function anchoredRoots(
  { issuer, blocks }: HistoryExport,
  signed: SignatureReader,
): Promise<{ byNumber: Roots; every: boolean }> {
  const byNumber: Roots = new Map();
  let after: { number: number; previousHash: string } | undefined;
  for (const block of blocks.toSorted((one, other) => other.number - one.number)) {
    const hash = await hashOf(block).catch(() => undefined);
    const follows = after?.number === block.number + 1 && after.previousHash === hash;
    const isAnchored = hash !== undefined && (follows || (await isPublished(block, hash, issuer, signed)));
    const root = base64urlDecode(String(block.merkleRoot));
    if (isAnchored && root) {
      byNumber.set(block.number, { root, count: block.count });
      after = { number: block.number, previousHash: block.previousHash };
    }
  }
  return { byNumber, every: byNumber.size === blocks.length };
}

async function hashOf(block: ExportedBlock): Promise<string | undefined> {
  const { number, first, count, discontinuity, sealedAt } = block;
  const previousHash = base64urlDecode(String(block.previousHash));
  const merkleRoot = base64urlDecode(String(block.merkleRoot));
  const sealedAtMs = Date.parse(sealedAt);
  const isWhole = [number, first, count, sealedAtMs].every((one) => Number.isSafeInteger(one));
  if (!previousHash || !merkleRoot || !isWhole) return undefined;
  const header = { number, previousHash, first, count, merkleRoot, sealedAtMs, discontinuity };
  return base64urlEncode(await blockHash(header));
}

async function isPublished(
  { checkpoint, number, first, count }: ExportedBlock,
  hash: string,
  issuer: string,
  signed: SignatureReader,
): Promise<boolean> {
  if (typeof checkpoint !== 'string') return false;
  const says = await signed('sigillo-audit-checkpoint+jwt', checkpoint).catch(() => undefined);
  return (
    says !== undefined &&
    says.iss === issuer &&
    says.block === number &&
    says.hash === hash &&
    says.records === first + count
  );
}

const LINES_A_TURN = 500;

async function passLines(
  { account, accesses }: HistoryExport,
  roots: Roots,
  result: VerifiedExport,
  onProgress: (done: number) => void,
): Promise<void> {
  for (const [nth, line] of accesses.entries()) {
    if (nth % LINES_A_TURN === 0) onProgress(nth / accesses.length);
    // What is not even shaped like a line is a broken one.
    const found = await judge(account, line, roots).catch(() => 'broken' as const);
    if (found === 'broken') result.broken.push(String(line.id));
    else result[found] += 1;
  }
  onProgress(1);
}

async function judge(
  account: string,
  line: ExportedAccess,
  roots: Roots,
): Promise<'proven' | 'pending' | 'unbound' | 'broken'> {
  const { proof } = line;
  if (proof.state === 'pending') return 'pending';
  if (proof.state === 'none') return 'unbound';
  return (await standsIn(account, line, proof, roots)) ? 'proven' : 'broken';
}

async function standsIn(
  account: string,
  line: ExportedAccess,
  { salt, bodyHash, block, index, path }: LineProof,
  roots: Roots,
): Promise<boolean> {
  const found = roots.get(block);
  const siblings = path.map((hash) => base64urlDecode(hash) ?? new Uint8Array());
  const [salted, body] = [base64urlDecode(salt), base64urlDecode(bodyHash)];
  if (!found || !salted || !body) return false;
  const commitment = await sha256(accessBytes(salted, line));
  const atMs = Date.parse(line.at);
  const leaf = await leafHash({ id: line.id, atMs, account, bodyHash: body, commitment });
  const root = await rootOfPath(leaf, { index, count: found.count }, siblings);
  return root !== undefined && base64urlEncode(root) === base64urlEncode(found.root);
}
