import { createHash } from 'node:crypto';
import { type ExportedAccess, HISTORY_FORMAT } from '@sigillo/audit-proof';
import type { AuditProofs, ExportSigner, SealedPlace } from './export-history.ports.ts';
import type { HistoryFilter, Line } from './history.ports.ts';
import { type HistoryPorts, type Service, servicesOf } from './history.service.ts';

export interface ExportPorts extends HistoryPorts {
  proofs: AuditProofs;
  signer: ExportSigner;
}

export interface ExportedLine {
  line: Line;
  service: Service | undefined;
  /** Undefined while it waits for its block. */
  place: SealedPlace | undefined;
}

/** Lines read at once: as many as their proofs may need blocks of a thousand leaves. */
const LINES_A_TURN = 200;
const BLOCKS_A_TURN = 500;

/** Every line that a filter lets through, the newest first, with its place in the sealed audit. */
export async function* readLines(
  ports: ExportPorts,
  accountId: string,
  filter: HistoryFilter,
): AsyncGenerator<ExportedLine[]> {
  const { gate, history, proofs } = ports;
  const published = await gate.single((tx) => proofs.newestCheckpoint(tx));
  let before: string | null = null;
  for (;;) {
    const range: { before: string | null; limit: number } = { before, limit: LINES_A_TURN };
    const lines: Line[] = await gate.single((tx) => history.page(tx, accountId, filter, range));
    if (lines.length === 0) return;
    const ids = lines.map(({ id }) => id);
    const places = await gate.single((tx) => proofs.places(tx, ids));
    const services = await servicesOf(ports, lines);
    yield lines.map((line) => {
      const place = places.get(line.id);
      const isPublished = place !== undefined && place.block <= published;
      return { line, service: services.get(line.clientId), place: isPublished ? place : undefined };
    });
    before = lines.at(-1)?.id ?? null;
    if (lines.length < LINES_A_TURN) return;
  }
}

/**
 * The history as JSON, piece by piece, each line with the proof that it stands in the sealed audit; at last the seal:
 * a signature over every byte before it.
 */
export async function* exportJson(
  ports: ExportPorts,
  accountId: string,
  filter: HistoryFilter,
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  let lines = 0;
  for await (const piece of sealedPart(ports, accountId, filter, (count) => {
    lines += count;
  })) {
    digest.update(piece);
    yield piece;
  }
  const seal = ports.signer.sign({ account: accountId, lines, digest: digest.digest() });
  yield `,\n"seal":"${seal}"}\n`;
}

async function* sealedPart(
  ports: ExportPorts,
  accountId: string,
  filter: HistoryFilter,
  onLines: (count: number) => void,
): AsyncGenerator<string> {
  yield headOf(ports, accountId, filter);
  const blocks = new Set<number>();
  let separator = '\n';
  for await (const some of readLines(ports, accountId, filter)) {
    for (const { place } of some) if (place) blocks.add(place.block);
    onLines(some.length);
    yield separator + some.map((one) => JSON.stringify(exported(one))).join(',\n');
    separator = ',\n';
  }
  yield '\n],\n"blocks":[';
  yield* blocksPart(ports, [...blocks]);
  yield '\n]';
}

function headOf({ gate, signer }: ExportPorts, account: string, filter: HistoryFilter): string {
  const { from, to, outcome, service } = filter;
  const asked = { from: from?.toISOString() ?? null, to: to?.toISOString() ?? null, outcome, service };
  const exportedAt = gate.clock.now().toISOString();
  const head = { format: HISTORY_FORMAT, issuer: signer.issuer, account, exportedAt, filter: asked };
  return `${JSON.stringify(head).slice(0, -1)},\n"accesses":[`;
}

async function* blocksPart({ gate, proofs }: ExportPorts, numbers: number[]): AsyncGenerator<string> {
  numbers.sort((one, other) => one - other);
  let [separator, done] = ['\n', 0];
  for (let at = 0; at < numbers.length; at += BLOCKS_A_TURN) {
    const wanted = numbers.slice(at, at + BLOCKS_A_TURN);
    const after = done;
    const blocks = await gate.single((tx) => proofs.blocks(tx, wanted, after));
    if (blocks.length === 0) continue;
    yield separator + blocks.map((block) => JSON.stringify(block)).join(',\n');
    separator = ',\n';
    done = blocks.at(-1)?.number ?? done;
  }
}

function exported({ line, service, place }: ExportedLine): ExportedAccess {
  const { salt, at, ...access } = line;
  return {
    ...access,
    at: at.toISOString(),
    serviceName: service?.name ?? null,
    proof: proofOf(salt, place),
  };
}

function proofOf(salt: Buffer | null, place: SealedPlace | undefined): ExportedAccess['proof'] {
  if (!salt) return { state: 'none' };
  if (!place) return { state: 'pending' };
  const { block, index } = place;
  return {
    state: 'sealed',
    salt: salt.toString('base64url'),
    bodyHash: place.bodyHash.toString('base64url'),
    block,
    index,
    path: place.path.map((hash) => hash.toString('base64url')),
  };
}
