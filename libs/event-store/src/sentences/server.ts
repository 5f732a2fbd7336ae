import { Sentence } from '#domain';

/** What is said of an event store that is a server. `fault` is what the server or its client reports. */
export const SERVER = Sentence.catalogue({
  malformedString: {
    en: 'the connection string of the event store is wrong: {fault}',
    zh: '记录服务器的连接设置有误（系统信息：{fault}）',
  },
  failed: {
    en: 'the event store at {address} failed: {fault}',
    zh: '记录服务器 {address} 出错（系统信息：{fault}）',
  },
  notRead: {
    en: '{name} could not be read ({fault})',
    zh: '记录服务器上的 {name} 无法读取（系统信息：{fault}）',
  },
  notWritten: {
    en: '{name} could not be written ({fault})',
    zh: '记录服务器上的 {name} 无法写入（系统信息：{fault}）',
  },
  vaultNotWritten: {
    en: 'the vault could not be written ({fault})',
    zh: '个人信息库无法写入（系统信息：{fault}）',
  },
  recordNotRemoved: {
    en: 'the name is erased, but its record could not be removed ({fault})',
    zh: '姓名已删除，但其存储的记录未能清除（系统信息：{fault}）',
  },
  none: { en: 'there is no ledger at {address}', zh: '{address} 没有账簿' },
  notMade: { en: 'no ledger could be made at {address}', zh: '无法在 {address} 建立账簿' },
  notOpened: {
    en: 'the event store at {address} cannot be opened: {fault}',
    zh: '记录服务器 {address} 无法打开（系统信息：{fault}）',
  },
  namesNoLedger: {
    en: 'the stream {stream} at {address} does not name a ledger',
    zh: '{address} 的 {stream} 没有指明账簿',
  },
  behind: {
    en: 'this node has not seen {stream} at revision {revision} yet: its subscription at {address} is behind',
    zh: '本节点尚未收到 {stream} 的第 {revision} 版：与 {address} 的同步滞后',
  },
  notWhereCounted: {
    en: 'the server at {address} does not have event {index} where this node has counted it, {stream} {revision}',
    zh: '记录服务器 {address} 的第 {index} 条记录不在本节点记下的位置（{stream} 第 {revision} 版）',
  },
});
