import { Sentence } from '#domain';

/** What is said to whom a request is denied. */
export const ACCESS = Sentence.catalogue({
  forbidden: {
    en: 'this is not among the duties of the account: {duty:words}',
    zh: '该账户没有此项职责：{duty:words}',
  },
  noAccountYet: { en: 'there is no account yet', zh: '系统还没有账户' },
  logInFirst: { en: 'log in first', zh: '请先登录' },
  nobody: { en: 'nobody is logged in', zh: '尚未登录' },
  needsSession: { en: 'this needs a session', zh: '此操作须登录后进行' },
  passwordGivenOut: {
    en: 'the password was given out by an administrator: set one of your own first',
    zh: '密码由管理员发放，请先设置自己的密码',
  },
  otherSite: {
    en: 'the request comes from a page of another site ({site})',
    zh: '请求来自其他网站的页面（{site}）',
  },
  otherOrigin: {
    en: 'the request comes from a page of another origin',
    zh: '请求来自其他来源的页面',
  },
  otherToken: {
    en: 'the header X-CSRF-Token is not that of the session',
    zh: '请求头 X-CSRF-Token 与本次登录不符，请刷新页面',
  },
});

/** What is said of logging in at an issuer. */
export const ISSUER = Sentence.catalogue({
  subjectLength: { en: 'a subject has 1 to 255 characters', zh: '身份标识须为 1 至 255 个字符' },
  notBegun: {
    en: 'this browser did not begin a login, or took too long',
    zh: '此浏览器没有发起登录，或登录超时',
  },
  unbound: { en: 'this identity is bound to no account', zh: '该身份没有绑定账户' },
  notVouched: {
    en: 'the issuer did not vouch for anybody ({fault})',
    zh: '身份认证方未能确认身份（系统信息：{fault}）',
  },
  unreachable: {
    en: 'the issuer cannot be reached ({fault})',
    zh: '无法连接身份认证方（系统信息：{fault}）',
  },
  unknown: { en: 'no issuer {id} is configured', zh: '没有配置身份认证方 {id}' },
});

/** What is said to whom would listen. */
export const LISTENING = Sentence.catalogue({
  tooMany: {
    en: '{most} connections listen already; ask again, or ask for pages of events',
    zh: '已有 {most} 个连接在接收实时更新，请稍后再试',
  },
});
