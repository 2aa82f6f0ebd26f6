import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { merklePath, merkleRoot } from './merkle.ts';

/** The inputs and roots that Certificate Transparency implementations test themselves with. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaf = (hex: string) =>
  createHash('sha256').update(Buffer.of(0)).update(Buffer.from(hex, 'hex')).digest();

test.each(ROOTS.map((root, count) => [count, root]))('[AUD-2] the root of %i leaves', (count, root) => {
  expect(merkleRoot(INPUTS.slice(0, Number(count)).map(leaf)).toString('hex')).toBe(root);
});

test('[AUD-2] every leaf and its path lead to the root, as the standard computes it; another leaf does not', () => {
  for (let count = 1; count <= 20; count++) {
    const leaves = Array.from({ length: count }, (_, nth) => leaf(nth.toString(16).padStart(2, '0')));
    const root = merkleRoot(leaves).toString('hex');
    for (const [index, one] of leaves.entries()) {
      const path = merklePath(leaves, index);
      expect(climb(one, index, count, path)).toBe(root);
      expect(climb(leaf('ff'), index, count, path)).not.toBe(root);
    }
  }
  expect(() => merklePath([leaf('00')], 1)).toThrow(RangeError);
});

/** RFC 9162 §2.1.3.2, step by step. */
function climb(start: Buffer, index: number, count: number, path: readonly Buffer[]): string | undefined {
  let [fn, sn, r] = [index, count - 1, start];
  const hash = (left: Buffer, right: Buffer) =>
    createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
  for (const p of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      r = hash(p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else r = hash(r, p);
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 ? r.toString('hex') : undefined;
}
