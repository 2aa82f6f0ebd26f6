import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  externalPackages,
  findFaults,
  generateSbom,
  type LockedPackage,
  nameAt,
  type Project,
  readProject,
} from './check-supply-chain.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const project = readProject(ROOT);

/** The smallest project without a fault, with something changed in its one dependency. */
function small(change: Partial<LockedPackage> = {}, version = '1.2.3'): Project {
  const dependencies = { '@scope/thing': version };
  const locked: LockedPackage = {
    version: '1.2.3',
    resolved: 'https://registry.example/@scope/thing/-/thing-1.2.3.tgz',
    integrity: `sha512-${'A'.repeat(86)}==`,
    ...change,
  };
  return {
    manifests: { '': { name: 'small', dependencies, allowScripts: { 'node-thing': true } } },
    locked: { '': { dependencies }, 'node_modules/@scope/thing': locked },
  };
}

test('[SUP-1] every dependency of ours is locked, hashed, exact and from one registry', () => {
  expect(Object.keys(project.manifests).length).toBeGreaterThan(5);
  expect(externalPackages(project.locked).length).toBeGreaterThan(100);
  expect(findFaults(project)).toEqual([]);
});

test('[SUP-1] the bill of materials is made offline from the lock file and names every package with its hash', () => {
  const sbom = generateSbom(ROOT);
  expect(sbom.bomFormat).toBe('CycloneDX');
  const listed = new Set(
    sbom.components.map(({ name, version, hashes }) => `${name}@${version} ${hashes?.[0]?.content}`),
  );
  const missing = externalPackages(project.locked)
    .map(([path, { name = nameAt(path), version, integrity = '' }]) => {
      const sha512 = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
      return `${name}@${version} ${sha512}`;
    })
    .filter((component) => !listed.has(component));
  expect(missing).toEqual([]);
});

test('[SUP-1] a project that keeps the rules has no fault', () => {
  expect(findFaults(small())).toEqual([]);
  const { resolved: _, ...withoutAddress } = small().locked['node_modules/@scope/thing'] ?? {};
  expect(
    findFaults({ ...small(), locked: { ...small().locked, 'node_modules/@scope/thing': withoutAddress } }),
  ).toEqual([]);
});

test.each<[string, Partial<LockedPackage>, string]>([
  ['no hash', { integrity: '' }, 'no SHA-512'],
  ['a weak hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'no SHA-512'],
  ['git', { resolved: 'git+ssh://git@example.org/thing.git#abc' }, 'does not come from a registry'],
  ['plain http', { resolved: 'http://registry.example/@scope/thing/-/thing-1.2.3.tgz' }, 'from a registry'],
  ['a file', { resolved: 'file:../thing' }, 'does not come from a registry'],
  ['an archive elsewhere', { resolved: 'https://example.org/thing/1.2.3.tar.gz' }, 'from a registry'],
  [
    'another package',
    { resolved: 'https://registry.example/@scope/evil/-/evil-1.2.3.tgz' },
    'from a registry',
  ],
  ['an install script', { hasInstallScript: true }, 'install script'],
])('[SUP-1] a dependency with %s is a fault', (_, change, fault) => {
  expect(findFaults(small(change))).toEqual([expect.stringContaining(fault)]);
});

test.each([
  '^1.2.3',
  '~1.2.3',
  '*',
  'latest',
  '1.x',
  '>=1',
  'git+https://example.org/thing.git',
  'file:../thing',
])('[SUP-1] a manifest that asks for %s is a fault', (version) => {
  expect(findFaults(small({}, version))).toEqual([expect.stringContaining('not an exact version')]);
});

test('[SUP-1] a manifest that differs from the lock file is a fault', () => {
  const { manifests, locked } = small();
  expect(findFaults({ manifests, locked: { ...locked, '': {} } })).toEqual([
    'dependencies of small differ from the lock file',
  ]);
});

test('[SUP-1] a package that is needed on some platform only, and not locked, is a fault', () => {
  const optionalDependencies = { '@scope/thing-for-elsewhere': '1.2.3' };
  expect(findFaults(small({ optionalDependencies }))).toEqual([
    '@scope/thing-for-elsewhere, which node_modules/@scope/thing needs, is not in the lock file',
  ]);
});

test('[SUP-1] two registries are a fault', () => {
  const { manifests, locked } = small();
  const resolved = 'https://other.example/thing/-/thing-1.2.3.tgz';
  const other = { ...locked['node_modules/@scope/thing'], resolved };
  expect(findFaults({ manifests, locked: { ...locked, 'node_modules/thing': other } })).toEqual([
    'packages come from more than one registry: registry.example, other.example',
  ]);
});
