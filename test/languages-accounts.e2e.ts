import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerErrorCode } from '#domain';
import { Api } from './api.js';
import { logIn, PASSWORD, Person } from './office.js';
import { BOOK, paid, type Request } from './refusable.js';
import { aYear, heldToBoth, OF_ACCOUNTS, seen, type Asking } from './saying.js';

/** Every code word that accounts and a second person are refused with, asked for in either language. */
describe('where there are accounts', () => {
  let api: Api;
  let [admin, clerk, both, viewer]: Person[] = [];
  const asked =
    (person?: Person): Asking =>
    (path, init) =>
      person ? person.ask(path, init) : api.ask(path, init);
  beforeAll(async () => {
    api = await Api.start();
    await aYear(api);
    admin = await Person.as(api, 'account-admin');
    clerk = await Person.as(api, 'clerk');
    both = await Person.with(api, { role: 'clerk', units: '*' }, { role: 'reviewer', units: '*' });
    viewer = await Person.as(api, 'viewer');
  });
  afterAll(() => api.stop());

  const given = (more: object) => ({ login: 'wang.wu', name: '王五', password: PASSWORD, ...more });
  const refusedTo: readonly (readonly [
    LedgerErrorCode,
    () => Person | undefined,
    () => Request,
  ])[] = [
    ['not-authenticated', () => undefined, () => ['GET', `${BOOK}/lines`]],
    ['forbidden', () => viewer, () => ['GET', `${BOOK}/events`]],
    [
      'csrf',
      () => clerk,
      () => ['POST', `${BOOK}/payments`, paid('1.00'), { 'x-csrf-token': '0' }],
    ],
    [
      'csrf',
      () => clerk,
      () => ['POST', `${BOOK}/payments`, paid('1.00'), { 'sec-fetch-site': 'cross-site' }],
    ],
    ['setup-done', () => undefined, () => ['POST', '/api/v1/setup', { token: '0', ...given({}) }]],
    [
      'login-failed',
      () => undefined,
      () => ['POST', '/api/v1/session', { login: clerk!.account.login, password: '0' }],
    ],
    ['invalid-account', () => admin, () => ['POST', '/api/v1/accounts', given({ login: '-' })]],
    [
      'invalid-password',
      () => admin,
      () => ['POST', '/api/v1/accounts', given({ password: '一' })],
    ],
    [
      'login-taken',
      () => admin,
      () => ['POST', '/api/v1/accounts', given({ login: clerk!.account.login })],
    ],
    [
      'duties-conflict',
      () => admin,
      () => [
        'PUT',
        `/api/v1/accounts/${clerk!.account.id}/grants`,
        {
          grants: [
            { role: 'clerk', units: '*' },
            { role: 'log-admin', units: '*' },
          ],
        },
      ],
    ],
    [
      'last-account-admin',
      () => admin,
      () => ['POST', `/api/v1/accounts/${admin!.account.id}/disabling`],
    ],
    ['unknown-account', () => admin, () => ['POST', '/api/v1/accounts/0/disabling']],
    [
      'unknown-token',
      () => admin,
      () => ['DELETE', `/api/v1/accounts/${clerk!.account.id}/tokens/0`],
    ],
    [
      'invalid-command',
      () => admin,
      () => [
        'POST',
        '/api/v1/accounts',
        { login: 7, grants: [{ role: '0', units: [7] }], 备注: 1 },
      ],
    ],
    [
      'invalid-query',
      () => clerk,
      () => [
        'GET',
        `/api/v1/people?${'person=0&'.repeat(2)}${Array.from({ length: 60 }, (_, i) => `person=${i}`).join('&')}`,
      ],
    ],
  ];
  it.each(refusedTo)('%s is said in both languages (%#)', (code, who, request) =>
    heldToBoth(asked(who()), code, request()),
  );

  it('who has a password that was given out is told to set one', async () => {
    const by = api.access.by('setup');
    const { account, oneTimePassword } = await api.access.open(
      { login: 'new.one', name: '新' },
      undefined,
      by,
    );
    const answer = await logIn(api, account.login, oneTimePassword!);
    const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
    await heldToBoth(asked(), 'password-change-required', [
      'GET',
      `${BOOK}/lines`,
      undefined,
      { cookie },
    ]);
  });

  it('four eyes are asked for in both languages', async () => {
    const proposed = await both!.send('POST', `${BOOK}/payments`, paid('30.00'));
    const { id, hash } = proposed.body as { id: string; hash: string };
    const approval = (of: string): Request => [
      'POST',
      `${BOOK}/proposals/${id}/approval`,
      { hash: of },
    ];
    const reviewer = await Person.as(api, 'reviewer');
    await heldToBoth(asked(both), 'four-eyes', approval(hash));
    await heldToBoth(asked(reviewer), 'proposal-changed', approval('0'.repeat(64)));
    await heldToBoth(asked(clerk), 'proposals-open', [
      'POST',
      `${BOOK}/closing`,
      { date: '2024-12-31', reason: '结账', carryover: [] },
    ]);
    await both!.send('POST', `${BOOK}/proposals/${id}/withdrawal`, {});
    await heldToBoth(asked(reviewer), 'proposal-not-open', approval(hash));
  });

  it('who guesses is told to wait', async () => {
    for (let i = 0; i < 6; i++) await logIn(api, 'nobody', `${i}`);
    await heldToBoth(asked(), 'too-many-attempts', [
      'POST',
      '/api/v1/session',
      { login: 'nobody', password: '0' },
    ]);
  });
});

it('every code word of accounts was asked for', () => {
  expect(OF_ACCOUNTS.filter((code) => !seen.has(code))).toEqual([]);
});
