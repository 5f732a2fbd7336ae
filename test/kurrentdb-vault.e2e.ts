import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KurrentVault } from '#event-store';
import { vaultContract } from '../libs/event-store/src/contract-suite-vault.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';

const doubles: Double[] = [];
const started = async (options = {}): Promise<Double> => {
  const double = await startDouble({ seed: 1, ...options });
  doubles.push(double);
  return double;
};
afterAll(() => Promise.all(doubles.map((double) => double.stop())));

vaultContract('KurrentDB', async () => KurrentVault.open((await started()).connectionString()));

describe('two nodes with one vault', () => {
  let double: Double;
  let nodes: KurrentVault[];
  const open = async () => {
    const node = await KurrentVault.open(double.connectionString());
    nodes.push(node);
    return node;
  };
  beforeEach(async () => {
    double = await started();
    nodes = [];
  });
  afterEach(() => nodes.forEach((node) => node.close()));

  const until = async (holds: () => boolean) => {
    for (const end = Date.now() + 5000; !holds() && Date.now() < end;)
      await new Promise((done) => setTimeout(done, 5));
    expect(holds()).toBe(true);
  };
  /** Records that a reader of the server would find, by stream. */
  const records = () => {
    const log = double.log();
    const removed = new Set(log.filter((r) => r.type === '$streamDeleted').map((r) => r.stream));
    return log.filter((r) => r.type === 'SubjectRecorded' && !removed.has(r.stream));
  };

  it('seal the same names at the same time to one subject each, and leave no other record', async () => {
    const [a, b] = [await open(), await open()];
    const names = Array.from({ length: 100 }, (_, i) => `某人 ${i}`);
    const sealed = await Promise.all(
      names.flatMap((name) => [Promise.resolve(a.seal([name])), Promise.resolve(b.seal([name]))]),
    );
    await Promise.all([a.catchUp(), b.catchUp()]);
    for (const [i, name] of names.entries()) {
      expect(a.find(name)).toEqual(sealed[2 * i]!.get(name));
      expect(b.find(name)).toEqual(sealed[2 * i + 1]!.get(name));
      expect(a.find(name)).toEqual(b.find(name));
    }
    expect(records()).toHaveLength(names.length);
  });

  it('a name is one subject also where replies are lost and the leader changes', async () => {
    double = await started({ nodes: 3 });
    const [a, b] = [await open(), await open()];
    double.faults.dropReplyAfterWrite(0.3);
    const seals = Array.from({ length: 60 }, async (_, i) => {
      await new Promise((done) => setTimeout(done, i * 5));
      if (i === 20) double.electLeader(1);
      if (i === 40) double.disconnectAll();
      const names = [`甲 ${i % 20}`, `乙 ${i}`];
      return (i % 2 ? a : b).seal(names);
    });
    const sealed = await Promise.all(seals);
    double.faults.clear();
    await Promise.all([a.catchUp(), b.catchUp()]);
    for (const [i, of] of sealed.entries())
      for (const [name, payee] of of) {
        expect([i, a.find(name)]).toEqual([i, payee]);
        expect([i, b.find(name)]).toEqual([i, payee]);
      }
    expect(new Set(a.subjects())).toEqual(new Set(b.subjects()));
    expect(a.subjects()).toHaveLength(80);
  });

  it('an erasure on one is seen on the other, and the subject never comes back', async () => {
    const [a, b] = [await open(), await open()];
    const { subject } = (await a.seal(['张三'])).get('张三')!;
    await until(() => b.nameOf(subject) === '张三');
    expect(await a.erase(subject)).toBe(true);
    await until(() => b.nameOf(subject) === undefined && b.find('张三') === undefined);
    expect(await b.erase(subject)).toBe(false);
    const again = (await b.seal(['张三'])).get('张三')!;
    expect(again.subject).not.toBe(subject);
    const late = await open();
    expect([late.find('张三'), late.nameOf(subject)]).toEqual([again, undefined]);
    expect(await late.take([{ subject, salt: '00'.repeat(32), value: '李四' }])).toEqual([subject]);
    expect(records().map((r) => r.stream)).toEqual([`vault-${again.subject}`]);
  });

  it('a name that another node erases at that moment is sealed all the same', async () => {
    const [a, b] = [await open(), await open()];
    const release = double.faults.stall('subscription');
    const { subject } = (await a.seal(['张三'])).get('张三')!;
    double.faults.slowReplies(300);
    const sealing = Promise.resolve(b.seal(['张三']));
    release();
    // its own subject is one too many, and is being removed when that of the other goes as well
    await until(() => double.log().some((r) => r.type === 'SubjectErased'));
    expect(await a.erase(subject)).toBe(true);
    const sealed = (await sealing).get('张三');
    expect(sealed).toEqual(b.find('张三'));
    expect(sealed).toMatchObject({ subject: expect.not.stringMatching(subject) });
  });

  it('nothing in the index is a name or comes from one', async () => {
    const vault = await open();
    await vault.seal(['张三']);
    const index = double.log().filter((r) => r.stream === 'vault-names');
    const subject = vault.subjects()[0];
    expect(index.map((r) => [r.type, JSON.parse(r.data.toString()) as unknown])).toEqual([
      ['SubjectBegun', { subject }],
      ['SubjectSealed', { subject }],
    ]);
    expect(index.every((r) => r.metadata.length === 0)).toBe(true);
  });

  it('what was cut off between record and seal can be found and erased', async () => {
    const vault = await open();
    await vault.seal(['张三']);
    // what is written is seen here before the node is told so, and goes on
    double.faults.slowReplies(200);
    const sealing = Promise.resolve(vault.seal(['李四']));
    sealing.catch(() => undefined);
    await until(() => double.log().some((r) => r.data.toString().includes('李四')));
    vault.close();
    await sealing.catch(() => undefined);
    double.faults.clear();
    const next = await open();
    const { subject } = next.find('李四')!;
    expect(await next.erase(subject)).toBe(true);
    expect(records()).toHaveLength(1);
  });

  it('an erasure that was cut off before the record was removed is finished by the next node', async () => {
    const vault = await open();
    const { subject } = (await vault.seal(['张三'])).get('张三')!;
    double.faults.slowReplies(200);
    const erasing = vault.erase(subject);
    erasing.catch(() => undefined);
    await until(() => double.log().some((r) => r.type === 'SubjectErased'));
    vault.close();
    await erasing.catch(() => undefined);
    expect(records()).toHaveLength(1);
    double.faults.clear();
    await open();
    expect(records()).toEqual([]);
  });
});
