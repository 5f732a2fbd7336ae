import { expect, it } from '@jest/globals';
import { vaultContract } from '../../contract-suite-vault.js';
import { MemoryVault } from '../memory/memory-vault.js';
import { OverlayVault } from './overlay-vault.js';

vaultContract('a branch', () => new OverlayVault(new MemoryVault()));

it('a branch knows the names of the vault below and leaves nothing there', () => {
  const base = new MemoryVault();
  const known = base.seal(['张三']).get('张三')!;
  const overlay = new OverlayVault(base);
  expect(overlay.seal(['张三', '李四']).get('张三')).toEqual(known);
  expect(overlay.nameOf(overlay.find('李四')!.subject)).toBe('李四');
  expect(base.find('李四')).toBeUndefined();
});

it('what a branch erases is erased there only', async () => {
  const base = new MemoryVault();
  const { subject } = base.seal(['张三']).get('张三')!;
  const overlay = new OverlayVault(base);
  expect(await overlay.erase(subject)).toBe(true);
  expect(overlay.nameOf(subject)).toBeUndefined();
  expect(overlay.seal(['张三']).get('张三')!.subject).not.toBe(subject);
  expect(base.nameOf(subject)).toBe('张三');
});

it('what is erased below is erased in a branch', async () => {
  const base = new MemoryVault();
  const overlay = new OverlayVault(base);
  const { subject } = base.seal(['张三']).get('张三')!;
  expect(overlay.nameOf(subject)).toBe('张三');
  await base.erase(subject);
  expect(overlay.nameOf(subject)).toBeUndefined();
  expect(overlay.find('张三')).toBeUndefined();
});
