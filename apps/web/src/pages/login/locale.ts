import { words } from '../../app/i18n.js';

/** Words of signing in and of the first account. */
export const useText = words(
  'login',
  {
    title: '登录',
    login: '账号',
    password: '密码',
    name: '姓名',
    signIn: '登录',
    required: '请填写',
    with: '使用 {{name}} 登录',
    issuerFailed: '统一身份认证没有成功。',
    setupTitle: '建立第一个账户',
    setupIntro:
      '第一个账户是账户管理员：为他人建立账户并授予岗位，自己不经办、不复核、不审计。链接只能使用一次。',
    token: '一次性口令（启动时打印的链接中）',
    create: '建立账户',
  },
  {
    title: 'Sign in',
    login: 'Login',
    password: 'Password',
    name: 'Name',
    signIn: 'Sign in',
    required: 'Required',
    with: 'Sign in with {{name}}',
    issuerFailed: 'The sign-in at the issuer failed.',
    setupTitle: 'The first account',
    setupIntro:
      'The first account administers accounts: it makes them for others and grants duties, but never posts, reviews or audits. The link works once.',
    token: 'One-time token (in the link printed at the start)',
    create: 'Make the account',
  },
);
