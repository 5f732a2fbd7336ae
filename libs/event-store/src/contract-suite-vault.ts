import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Vault } from './vault/vault.js';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What every vault must do. */
export function vaultContract(name: string, open: () => Vault | Promise<Vault>): void {
  describe(`${name} as a vault`, () => {
    const vaults: Vault[] = [];
    const fresh = async () => {
      const vault = await open();
      vaults.push(vault);
      return vault;
    };
    const subjectOf = async (vault: Vault, name: string) =>
      (await vault.seal([name])).get(name)!.subject;
    afterEach(() => vaults.splice(0).forEach((vault) => vault.close()));

    it('stands one subject for one name, however often and beside whichever others', async () => {
      const vault = await fresh();
      const first = await vault.seal(['张三', '李四']);
      expect([...first.keys()]).toEqual(['张三', '李四']);
      const again = await vault.seal(['王五', '张三', '张三']);
      expect(again.get('张三')).toEqual(first.get('张三'));
      expect(vault.find('张三')).toEqual(first.get('张三'));
      const subjects = ['张三', '李四', '王五'].map((n) => vault.find(n)!.subject);
      expect(new Set(subjects).size).toBe(3);
      for (const subject of subjects) expect(subject).toMatch(UUID_V4);
    });

    it('says at once what it knows, so that a known name costs no wait', async () => {
      const vault = await fresh();
      await vault.seal(['张三']);
      expect(vault.seal(['张三'])).not.toBeInstanceOf(Promise);
    });

    it('gives the name back, and what proves it', async () => {
      const vault = await fresh();
      const names = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), 100);
      for (const [n, { subject, commitment }] of await vault.seal(names)) {
        expect(vault.nameOf(subject)).toBe(n);
        const { salt, value: told } = vault.disclose(subject)!;
        expect(told).toBe(n);
        expect(salt).toMatch(/^[0-9a-f]{64}$/);
        const key = Buffer.from(salt, 'hex');
        expect(createHmac('sha256', key).update(told).digest('hex')).toBe(commitment);
      }
    });

    it('has names apart that differ by a space, a width or a normal form', async () => {
      const vault = await fresh();
      const names = ['é', 'e\u0301', 'é ', 'Ａ', 'A'];
      const sealed = await vault.seal(names);
      expect(new Set([...sealed.values()].map((p) => p.subject)).size).toBe(names.length);
    });

    it('knows nothing of a stranger', async () => {
      const vault = await fresh();
      const stranger = '00000000-0000-4000-8000-000000000000';
      expect(vault.find('nobody')).toBeUndefined();
      expect(vault.nameOf(stranger)).toBeUndefined();
      expect(vault.disclose(stranger)).toBeUndefined();
      expect(await vault.erase(stranger)).toBe(false);
    });

    it('forgets one subject and no other; the name given again is somebody new', async () => {
      const vault = await fresh();
      const [erased, kept] = [await subjectOf(vault, '张三'), await subjectOf(vault, '李四')];
      expect(await vault.erase(erased)).toBe(true);
      expect(await vault.erase(erased)).toBe(false);
      expect(vault.nameOf(erased)).toBeUndefined();
      expect(vault.disclose(erased)).toBeUndefined();
      expect(vault.find('张三')).toBeUndefined();
      expect(vault.nameOf(kept)).toBe('李四');
      const again = await subjectOf(vault, '张三');
      expect(again).not.toBe(erased);
      expect(vault.nameOf(again)).toBe('张三');
    });
  });
}
