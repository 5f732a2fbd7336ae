import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Grant } from '#domain';
import { Api } from './api.js';
import { PASSWORD, Person } from './office.js';

/** Whose name a duty may ask for: of who acts or acted on books that one reads the events of, by their id. */
const [OWN, OTHER] = ['430203-208001', '430204-208001'];
const BY = { actor: 'setup', recordedAt: '2026-01-01T00:00:00.000Z' };

let api: Api;
const open = async (login: string, name: string, person: string, ...grants: readonly Grant[]) =>
  (await api.access.open({ login, name, person, grants }, PASSWORD, BY)).account;
const namesFor = async (asker: Person, ...people: readonly string[]) => {
  const query = people.map((p) => `person=${encodeURIComponent(p)}`).join('&');
  const answer = await asker.ask(`/api/v1/people?${query}`);
  expect(answer.status).toBe(200);
  return answer.body['people'] as readonly { person: string; name: string }[];
};
beforeAll(async () => {
  api = await Api.start();
  await open('admin.0', '管理员', 'P-0', { role: 'account-admin', units: '*' });
  await open('zhang.min', '张敏', 'P-1', { role: 'clerk', units: [OWN] });
  await open('li.hua', '李华', 'P-2', { role: 'reviewer', units: '*' });
  await open('wang.wu', '王五', 'P-3', { role: 'clerk', units: [OTHER] });
  await open('zhao.liu', '赵六', 'P-4', { role: 'auditor', units: '*' });
  await open('sys.0', '系统', 'P-5', { role: 'system-admin', units: '*' });
});
afterAll(() => api.stop());

const EVERYBODY = ['P-0', 'P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6'];

describe('the names of persons', () => {
  it('are told of who acts on books of the own units, in the order asked, and of nobody else', async () => {
    for (const role of ['clerk', 'reviewer', 'auditor'] as const) {
      const asker = await Person.as(api, role, [OWN]);
      expect(await namesFor(asker, ...EVERYBODY)).toEqual([
        { person: 'P-1', name: '张敏' },
        { person: 'P-2', name: '李华' },
        { person: 'P-5', name: '系统' },
      ]);
    }
    const other = await Person.as(api, 'clerk', [OTHER]);
    expect((await namesFor(other, 'P-3', 'P-1')).map((p) => p.name)).toEqual(['王五']);
  });

  it('are not listed, not found by login, and nothing else is told', async () => {
    const asker = await Person.as(api, 'clerk', [OWN]);
    expect(await namesFor(asker)).toEqual([]);
    expect(await namesFor(asker, 'zhang.min', 'ZHANG.MIN')).toEqual([]);
    const { text } = await asker.ask('/api/v1/people?person=P-1&person=P-2');
    expect(text).not.toContain('zhang.min');
  });

  it('are refused to report viewers and administrators, and asked for by at most 50', async () => {
    for (const role of ['viewer', 'account-admin', 'system-admin', 'log-admin'] as const) {
      const answer = await (await Person.as(api, role)).ask('/api/v1/people?person=P-1');
      expect([role, answer.status]).toEqual([role, 403]);
    }
    const asker = await Person.as(api, 'clerk', [OWN]);
    const many = (n: number) => Array.from({ length: n }, (_, i) => `person=${i}`).join('&');
    expect((await asker.ask(`/api/v1/people?${many(50)}`)).status).toBe(200);
    expect(await asker.ask(`/api/v1/people?${many(51)}`)).toMatchObject({
      status: 422,
      body: { code: 'invalid-query' },
    });
  });

  it('stay known of who has left, for their id stands in the events', async () => {
    const asker = await Person.as(api, 'auditor', [OWN]);
    const left = await open('sun.qi', '孙七', 'P-7', { role: 'clerk', units: [OWN] });
    await api.access.accounts.grant(left.id, [{ role: 'clerk', units: [OTHER] }], BY);
    await api.access.disable(left.id, BY);
    expect(await namesFor(asker, 'P-7')).toEqual([{ person: 'P-7', name: '孙七' }]);
  });

  it('are gone once erased: the login does not take their place', async () => {
    const asker = await Person.as(api, 'auditor', [OWN]);
    const erased = await open('zhou.ba', '周八', 'P-8', { role: 'clerk', units: [OWN] });
    await api.ledger.vault.erase(erased.name.subject);
    expect(await namesFor(asker, 'P-8')).toEqual([]);
  });

  it('are noted in the access log when they are read', async () => {
    const asker = await Person.as(api, 'clerk', [OWN]);
    await namesFor(asker, 'P-1');
    const auditor = await Person.as(api, 'auditor');
    const { text } = await auditor.ask('/api/v1/access-log');
    expect(text).toContain('/api/v1/people');
  });
});
