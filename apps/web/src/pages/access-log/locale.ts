import { words } from '../../app/i18n.js';

/** Words of the access log. */
export const useText = words(
  'access-log',
  {
    title: '访问日志',
    about: '被拒绝的访问和读取个人信息的访问，逐条入链，不可更改。',
    outcome: '结果',
    all: '全部',
    allowed: '准许',
    denied: '拒绝',
    index: '序号',
    at: '时间',
    person: '人员',
    role: '岗位',
    method: '方法',
    target: '地址',
    reason: '原因',
    remote: '来源地址',
    readNames: '读取人员姓名',
  },
  {
    title: 'Access log',
    about:
      'Every denied access and every read of personal data, chained so that none can be changed.',
    outcome: 'Outcome',
    all: 'all',
    allowed: 'allowed',
    denied: 'denied',
    index: 'Index',
    at: 'Time',
    person: 'Person',
    role: 'Duty',
    method: 'Method',
    target: 'Address',
    reason: 'Reason',
    remote: 'Came from',
    readNames: 'read with names of persons',
  },
);
