import { Sentence } from '#domain';

/** What is said of an event store that is a server. `fault` is what the server or its client reports. */
export const SERVER = Sentence.catalogue({
  failed: {
    en: 'the event store at {address} failed: {fault}',
    zh: '记录服务器 {address} 出错（系统信息：{fault}）',
  },
  eventTooLarge: {
    en: 'the event is {bytes} bytes in one append to {stream}, and the event store takes {most}: post less at once, or raise MaxAppendSize at every node of KurrentDB and maxAppendSize in the connection string',
    zh: '该记录写入 {stream} 需 {bytes} 字节，而记录服务器一次只接受 {most} 字节：请减少一次提交的内容，或调大 KurrentDB 每个节点的 MaxAppendSize 和连接设置中的 maxAppendSize',
  },
  eventsTooLarge: {
    en: 'the {count} events are {bytes} bytes in one append to {stream}, and the event store takes {most}: post less at once, or raise MaxAppendSize at every node of KurrentDB and maxAppendSize in the connection string',
    zh: '{count} 条记录一次写入 {stream} 需 {bytes} 字节，而记录服务器一次只接受 {most} 字节：请减少一次提交的内容，或调大 KurrentDB 每个节点的 MaxAppendSize 和连接设置中的 maxAppendSize',
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

/** What is said of the string that names a server. None has anything of the string but names of parameters. */
export const CONNECTION_STRING = Sentence.catalogue({
  wrong: {
    en: 'the connection string of the event store is wrong: {fault:said}',
    zh: '记录服务器的连接设置有误：{fault:said}',
  },
  /** What the client finds; `fault` is its message. */
  notTaken: { en: '{fault}', zh: '无法使用（系统信息：{fault}）' },
  otherShape: {
    en: 'expected esdb://HOST:PORT or kurrentdb+discover://USER:PASSWORD@HOST:PORT',
    zh: '应为 esdb://HOST:PORT 或 kurrentdb+discover://USER:PASSWORD@HOST:PORT',
  },
  credentials: {
    en: 'expected USER:PASSWORD before the @, with : / ? @ % in them written as %3A %2F %3F %40 %25',
    zh: '@ 之前应为 USER:PASSWORD，其中的 : / ? @ % 须写成 %3A %2F %3F %40 %25',
  },
  discoverSeveral: {
    en: 'of +discover only the first of several addresses would be asked: leave +discover out, or give one name that leads to all nodes',
    zh: '使用 +discover 时，多个地址中只会询问第一个：请去掉 +discover，或只写一个指向全部节点的名称',
  },
  colons: {
    en: 'address {number} has more than one colon: an IPv6 address needs a name',
    zh: '第 {number} 个地址有多个冒号：IPv6 地址须改用名称',
  },
  noHost: { en: 'address {number} has no host', zh: '第 {number} 个地址没有主机名' },
  badHost: {
    en: 'the host of address {number} is neither a name nor an IPv4 address',
    zh: '第 {number} 个地址的主机既不是名称，也不是 IPv4 地址',
  },
  badPort: {
    en: 'the port of address {number} is not a port number from 1 to {most}',
    zh: '第 {number} 个地址的端口不是 1 至 {most} 之间的端口号',
  },
  unknownParameter: {
    en: 'it does not take the parameter {name}',
    zh: '不接受参数 {name}',
  },
  parameterTwice: { en: 'it has the parameter {name} twice', zh: '参数 {name} 重复' },
  oneValue: {
    en: 'expected one value for the parameter {name}',
    zh: '参数 {name} 应有且只有一个值',
  },
  notANumber: { en: 'the parameter {name} takes a whole number', zh: '参数 {name} 应为整数' },
  appendSize: {
    en: 'the parameter maxAppendSize takes bytes from {least} to {most}',
    zh: '参数 maxAppendSize 应为 {least} 至 {most} 之间的字节数',
  },
});
