/** What the fields of a command, and of an account, are called in Chinese; the app's own forms use the same words. */
const NAMES: Readonly<Record<string, string>> = {
  command: '命令名称',
  id: '编号',
  unit: '单位编码',
  fiscalYear: '预算年度',
  date: '业务日期',
  unitName: '单位名称',
  unitKind: '单位性质',
  divisionCode: '区划编码',
  divisionName: '区划名称',
  currency: '币种',
  project: '项目',
  name: '名称',
  category: '项目类别',
  function: '功能科目',
  economic: '经济科目',
  endsFiscalYear: '结束年度',
  document: '文件',
  'document/number': '文号',
  'document/date': '文件日期',
  number: '文号',
  fromFiscalYear: '结转来源年度',
  sourceFiscalYear: '资金来源年度',
  lines: '指标明细',
  fund: '资金性质',
  origin: '本年或结转',
  amount: '金额',
  reason: '事由',
  recipient: '接收单位',
  'recipient/code': '接收单位编码',
  'recipient/name': '接收单位名称',
  code: '编码',
  allocation: '直拨编号',
  acknowledgedOn: '签收日期',
  counterparty: '对方单位',
  reservation: '占用编号',
  payee: '收款人',
  voucher: '凭证号',
  procurement: '政府采购金额',
  payment: '支付编号',
  entry: '被冲销的记账编号',
  key: '统计项目',
  count: '数量',
  text: '文字',
  priorFiscalYear: '上年度',
  figures: '数据明细',
  measure: '指标口径',
  executionWeight: '执行率权重',
  goal: '绩效目标',
  indicators: '绩效指标',
  level1: '一级指标',
  level2: '二级指标',
  level3: '三级指标',
  target: '目标值',
  weight: '权重',
  indicator: '绩效指标',
  actual: '完成值',
  score: '得分',
  outcome: '完成情况',
  carryover: '结转结余处理',
  kind: '处理方式',
  report: '报表',
  figuresHash: '数据摘要',
  logSize: '日志长度',
  checkpoint: '检查点',
  proposal: '提交编号',
  posting: '记账内容',
  hash: '绑定摘要',
  threshold: '复核限额',
  windowDays: '拆分观察天数',
  login: '登录名',
  password: '密码',
  current: '当前密码',
  person: '人员标识',
  grants: '职责授予',
  role: '职责',
  units: '单位',
  token: '令牌',
  expiresAt: '到期时间',
};

const nameOf = (key: string): string => (Object.hasOwn(NAMES, key) ? NAMES[key]! : key);
const isIndex = (part: string): boolean => /^\d+$/.test(part);

/** `/lines/0/amount` is lines.0.amount; in Chinese 第 1 行的金额. The empty pointer is the command itself. */
export const nameOfField = {
  en: (pointer: string): string => pointer.slice(1).replaceAll('/', '.') || 'the command',
  zh: (pointer: string): string => {
    const parts = pointer.split('/').slice(1);
    // what is wrong inside a proposal is named as in the posting itself
    if (parts.length > 1 && parts[0] === 'posting') parts.shift();
    if (parts.length === 0) return '命令';
    const last = parts.findLastIndex(isIndex);
    const inside = parts.slice(last + 1);
    const field = Object.hasOwn(NAMES, inside.join('/'))
      ? NAMES[inside.join('/')]
      : inside.map(nameOf).join('的');
    if (last < 0) return `“${field}”`;
    const row = `${nameOf(parts[last - 1] ?? '')}第 ${Number(parts[last]) + 1} 行`;
    return inside.length === 0 ? row : `${row}的“${field}”`;
  },
};
