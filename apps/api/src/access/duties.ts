import type { Language, Role } from '#domain';

/**
 * Where the unit of a request stands: in its address, in its body, or nowhere. `own` is for addresses over
 * all books: who is asked answers with those of the units in scope only. `all` needs the duty for all units.
 */
type UnitIn = 'address' | 'body' | 'none' | 'own' | 'all';

export interface Duty {
  /** `anyone`: no account needed. `any account`: whatever its duties. */
  readonly roles: readonly Role[] | 'anyone' | 'any account';
  readonly unit: UnitIn;
  readonly what: Readonly<Record<Language, string>>;
}

const READERS = ['clerk', 'reviewer', 'auditor', 'viewer'] as const;
const WITH_EVENTS = ['clerk', 'reviewer', 'auditor'] as const;
const SETS_RULES = 'system-admin';

/**
 * Who may do what: the one table. Every route names its line by `@Policy`, the guard goes by it, the manual
 * shows it (docs/duties.md) and the tests are generated from it.
 */
export const DUTIES = {
  // without an account
  public: {
    roles: 'anyone',
    unit: 'none',
    what: { en: 'health, login, the setup link', zh: '系统状态、登录、设置链接' },
  },
  session: {
    roles: 'any account',
    unit: 'none',
    what: { en: 'the own session and password', zh: '自己的登录和密码' },
  },
  // a book
  'open-book': { roles: ['clerk'], unit: 'body', what: { en: 'open a book', zh: '建立账簿' } },
  post: {
    roles: ['clerk'],
    unit: 'address',
    what: { en: 'draft and submit postings', zh: '填写和提交记账' },
  },
  propose: {
    roles: ['clerk'],
    unit: 'address',
    what: {
      en: 'propose, edit and withdraw, see what it would do',
      zh: '提交、修改和撤回，查看影响',
    },
  },
  review: {
    roles: ['reviewer'],
    unit: 'address',
    what: { en: 'approve or return a proposal', zh: '复核通过或退回' },
  },
  'rehearse-closing': {
    roles: WITH_EVENTS,
    unit: 'address',
    what: { en: 'rehearse the close', zh: '预演结账' },
  },
  'set-approval-rule': {
    roles: [SETS_RULES],
    unit: 'address',
    what: { en: 'set the threshold of a book', zh: '设定账簿的复核限额' },
  },
  'read-figures': {
    roles: READERS,
    unit: 'address',
    what: { en: 'measures, reports, lines, overview', zh: '指标、报表、余额、概览' },
  },
  'read-events': {
    roles: WITH_EVENTS,
    unit: 'address',
    what: { en: 'history, replay', zh: '历史和重放' },
  },
  'read-proposals': {
    roles: WITH_EVENTS,
    unit: 'address',
    what: { en: 'proposals and their history', zh: '待复核事项及其历史' },
  },
  'read-approval-rule': {
    roles: [...WITH_EVENTS, SETS_RULES],
    unit: 'address',
    what: {
      en: 'the threshold of a book, and who set it when',
      zh: '账簿的复核限额及其设定记录',
    },
  },
  // all books
  'list-books': {
    roles: [...READERS, SETS_RULES],
    unit: 'own',
    what: { en: 'which books there are', zh: '有哪些账簿' },
  },
  'follow-books': {
    roles: READERS,
    unit: 'own',
    what: { en: 'classifications, what is new', zh: '分类和最新情况' },
  },
  'read-names': {
    roles: WITH_EVENTS,
    unit: 'own',
    what: { en: 'the names of who posts and approves', zh: '经办人和复核人的姓名' },
  },
  'list-proposals': {
    roles: WITH_EVENTS,
    unit: 'own',
    what: { en: 'proposals over all books', zh: '全部账簿的待复核事项' },
  },
  'read-log': {
    roles: ['auditor'],
    unit: 'own',
    what: { en: 'the log; what is of other units only as hashes', zh: '日志，其他单位的只有摘要' },
  },
  'read-proofs': {
    roles: READERS,
    unit: 'none',
    what: { en: 'checkpoints and proofs, which are hashes', zh: '检查点和证明，均为摘要' },
  },
  // 三员
  'administer-accounts': {
    roles: ['account-admin'],
    unit: 'none',
    what: { en: 'accounts, grants, tokens', zh: '账户、职责、令牌' },
  },
  'read-access-log': {
    roles: ['log-admin', 'auditor'],
    unit: 'all',
    what: { en: 'who asked for what', zh: '访问记录' },
  },
  'watch-system': {
    roles: ['system-admin'],
    unit: 'none',
    what: { en: 'metrics', zh: '运行指标' },
  },
} as const satisfies Record<string, Duty>;

export type DutyName = keyof typeof DUTIES;
