import { Sentence } from '#domain';

/** What is said of accounts, their duties and tokens. */
export const ACCOUNTS = Sentence.catalogue({
  firstMade: { en: 'the first account was made already', zh: '第一个账户已经建立' },
  accountsThere: { en: 'there are accounts already', zh: '系统已有账户' },
  otherSetupLink: {
    en: 'this is not the setup link that was printed last',
    zh: '这不是最近一次打印的设置链接',
  },
  loginTaken: {
    en: 'there is an account with the login {login}',
    zh: '登录名 {login} 已被使用',
  },
  identityTaken: {
    en: 'this identity is bound to {login} already',
    zh: '该身份已绑定到账户 {login}',
  },
  expiryPast: {
    en: 'expiresAt must be a moment to come, like 2026-12-31T16:00:00.000Z',
    zh: '到期时间须在将来，如 2026-12-31T16:00:00.000Z',
  },
  roleNotHeld: {
    en: 'the account itself is not {role:role}',
    zh: '该账户本身没有“{role:role}”职责',
  },
  tooManyTokens: { en: 'an account has {most} tokens at most', zh: '一个账户最多有 {most} 个令牌' },
  unknownToken: { en: 'the account has no token {token}', zh: '该账户没有令牌 {token}' },
  unknown: { en: 'there is no account {id}', zh: '没有账户 {id}' },
  changedMeanwhile: {
    en: 'others changed the accounts meanwhile',
    zh: '账户已被他人更改，请重试',
  },
  loginForm: {
    en: 'a login is 2 to 64 letters and digits, with . _ @ - between',
    zh: '登录名为 2 至 64 个字母和数字，中间可用 . _ @ -',
  },
  loginEmpty: { en: 'a login must not be empty', zh: '登录名不能为空' },
  nameForm: {
    en: 'name must be 1 to 128 characters without spaces around them',
    zh: '名称须为 1 至 128 个字符，首尾不能有空格',
  },
  personForm: {
    en: 'person must be 1 to 128 characters without spaces around them',
    zh: '人员标识须为 1 至 128 个字符，首尾不能有空格',
  },
  noSuchRole: { en: 'there is no role {role}', zh: '没有职责 {role}' },
  unitsNeeded: {
    en: 'the duty {role:role} needs "*" or 1 to {most} units',
    zh: '职责“{role:role}”须指定 "*" 或 1 至 {most} 个单位',
  },
  noUnitCode: { en: '{unit} is no code of a unit', zh: '{unit} 不是单位编码' },
  roleTwice: {
    en: 'a role is granted once, with all its units',
    zh: '每项职责只授予一次，并列出全部单位',
  },
  lastAdmin: {
    en: 'this is the only account that administers accounts: give another one that duty first',
    zh: '这是唯一的账户管理员，请先授予另一账户此职责',
  },
});

/** What is said of passwords and logins. */
export const LOGINS = Sentence.catalogue({
  failed: { en: 'login and password do not fit', zh: '用户名或密码不正确' },
  length: {
    en: 'a password has {least} to {most} characters',
    zh: '密码须为 {least} 至 {most} 个字符',
  },
  halfPair: { en: 'the password has half a surrogate pair', zh: '密码中有不完整的字符' },
  hasLogin: { en: 'the password must not contain the login', zh: '密码不能包含登录名' },
  repeats: {
    en: 'the password repeats a few characters only',
    zh: '密码只重复了少数几个字符',
  },
  run: {
    en: 'the password is a run of neighbouring characters',
    zh: '密码是连续的字符',
  },
  same: { en: 'the new password is the old one', zh: '新密码与旧密码相同' },
  tooManyAtOnce: {
    en: 'too many log in at this moment; try again',
    zh: '此刻登录的人过多，请稍后再试',
  },
  tooManyAttempts: {
    en: 'there were too many attempts; try again in {seconds} s',
    zh: '尝试次数过多，请在 {seconds} 秒后再试',
  },
});

/** What is said of the files of accounts and of the access log. */
export const ACCESS_STORE = Sentence.catalogue({
  unknownEvent: {
    en: 'event {index} is a {type} about accounts that this version does not know',
    zh: '第 {index} 条记录（{type}）是当前版本不认识的账户记录',
  },
  logQueueFull: {
    en: '{count} lines of the access log are waiting',
    zh: '访问日志已有 {count} 行在等待写入',
  },
  unusable: {
    en: 'the access database could not be used ({fault})',
    zh: '账户数据库无法使用（系统信息：{fault}）',
  },
  otherSchema: {
    en: '{file} has the schema {schema}, this version knows {known}',
    zh: '{file} 的格式为 {schema}，当前版本认识的是 {known}',
  },
  notOpened: {
    en: 'the access database of {place} cannot be opened: {fault}',
    zh: '{place} 的账户数据库无法打开（系统信息：{fault}）',
  },
});
