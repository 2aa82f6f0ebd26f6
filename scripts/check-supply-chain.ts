/**
 * What runs is what was reviewed ([SUP-1]): every dependency is one exact version from one registry, with the
 * SHA-512 of its content in the lock file, and runs a script at installation only if package.json names it.
 *
 *   node scripts/check-supply-chain.ts
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of a package.json that decide what is installed. */
interface Manifest {
  name: string;
  workspaces?: string[];
  allowScripts?: Record<string, boolean>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** One entry of `packages` in package-lock.json, version 3. */
export interface LockedPackage extends Partial<Manifest> {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

/** The manifests by their folder ('' is the root), and the lock file's packages by their path. */
export interface Project {
  manifests: Record<string, Manifest>;
  locked: Record<string, LockedPackage>;
}

/** The parts we need of a CycloneDX 1.5 document. */
interface Sbom {
  bomFormat: string;
  components: { name: string; version: string; hashes?: { alg: string; content: string }[] }[];
}

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** Reads the manifests of all workspaces and the lock file. */
export function readProject(root: string): Project {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const rootManifest: Manifest = read('package.json');
  const folders = globSync(rootManifest.workspaces ?? [], { cwd: root }).filter(
    (folder) => globSync('package.json', { cwd: join(root, folder) }).length > 0,
  );
  const manifests = Object.fromEntries(folders.map((folder) => [folder, read(join(folder, 'package.json'))]));
  return { manifests: { '': rootManifest, ...manifests }, locked: read('package-lock.json').packages };
}

/** Everything that breaks the rules, a sentence each. */
export function findFaults({ manifests, locked }: Project): string[] {
  const allowedScripts = Object.keys(manifests['']?.allowScripts ?? {});
  const external = externalPackages(locked);
  return [
    ...Object.entries(manifests).flatMap(([folder, manifest]) => manifestFaults(folder, manifest, locked)),
    ...external.flatMap(([path, entry]) => packageFaults(path, entry, allowedScripts)),
    ...Object.entries(locked).flatMap(([path, entry]) => incompleteness(path, entry, locked)),
    ...registryFaults(external.flatMap(([, { resolved }]) => resolved ?? [])),
  ];
}

/** What the lock file holds besides our own workspaces: path and entry. */
export function externalPackages(locked: Project['locked']): [string, LockedPackage][] {
  return Object.entries(locked).filter(([path, { link }]) => path.includes('node_modules/') && !link);
}

/** The package's own name, which its path ends in. */
export function nameAt(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function manifestFaults(folder: string, manifest: Manifest, locked: Project['locked']): string[] {
  const inLock: Partial<Manifest> = locked[folder] ?? {};
  return KINDS.flatMap((kind) => {
    const wanted = manifest[kind] ?? {};
    const ranges = Object.entries(wanted).filter(([, version]) => !EXACT_VERSION.test(version));
    const isDrifted = JSON.stringify(sorted(wanted)) !== JSON.stringify(sorted(inLock[kind] ?? {}));
    return [
      ...ranges.map(([name, version]) => `${manifest.name} wants ${name} ${version}, not an exact version`),
      ...(isDrifted ? [`${kind} of ${manifest.name} differ from the lock file`] : []),
    ];
  });
}

function packageFaults(path: string, entry: LockedPackage, allowedScripts: string[]): string[] {
  const name = nameAt(path);
  const faults: string[] = [];
  if (!SHA512.test(entry.integrity ?? '')) faults.push(`${path} has no SHA-512 in the lock file`);
  // An alias is installed under another name than its own, which the lock file then gives.
  if (!isRegistryAddress(entry.name ?? name, entry)) faults.push(`${path} does not come from a registry`);
  if (entry.hasInstallScript && !allowedScripts.includes(name)) {
    faults.push(`${path} has an install script that allowScripts does not mention`);
  }
  return faults;
}

/**
 * What a package needs must be locked for every platform, also for those that it is not installed on here: npm
 * leaves out what the registry could not give when the lock was written, and then refuses to install from it.
 */
function incompleteness(path: string, entry: LockedPackage, locked: Project['locked']): string[] {
  return Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
    .filter((name) => !isLockedFor(path, name, locked))
    .map((name) => `${name}, which ${path || 'the project'} needs, is not in the lock file`);
}

/** Whether Node would find the package from that path: in its own node_modules, or in one of a folder above. */
function isLockedFor(path: string, name: string, locked: Project['locked']): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    if (`${folder && `${folder}/`}node_modules/${name}` in locked) return true;
    if (folder === '') return false;
  }
}

/**
 * The lock file names no address when the package comes from whatever registry npm is set to; the hash says
 * that it is the same there. Where it names one, registries serve `/<name>/-/<last part>-<version>.tgz`; git
 * and other hosts do not.
 */
function isRegistryAddress(name: string, { resolved, version }: LockedPackage): boolean {
  if (resolved === undefined) return true;
  const baseName = name.slice(name.lastIndexOf('/') + 1);
  return resolved.startsWith('https://') && resolved.endsWith(`/${name}/-/${baseName}-${version}.tgz`);
}

function registryFaults(addresses: string[]): string[] {
  const hosts = new Set(
    addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).host),
  );
  return hosts.size > 1 ? [`packages come from more than one registry: ${[...hosts].join(', ')}`] : [];
}

function sorted(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The software bill of materials (CycloneDX), made from the lock file alone, without the network. */
export function generateSbom(root: string): Sbom {
  const document = execFileSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--offline'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      shell: process.platform === 'win32', // there npm is a batch file
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return JSON.parse(document);
}

if (import.meta.main) {
  const faults = findFaults(readProject(process.cwd()));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
