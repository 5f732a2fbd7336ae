import { Sentence } from '#domain';

/** What is said of the signed log, of the keys that sign it, and of backups. `reason` is what the proof itself says. */
export const PROOF = Sentence.catalogue({
  noIndex: {
    en: 'the first {size} events have no index {index}',
    zh: '前 {size} 条记录中没有第 {index} 条',
  },
  noGrowth: {
    en: 'a log of {to} events does not go on from {from}',
    zh: '{to} 条记录的日志不可能是从 {from} 条增长而来',
  },
  noProofYet: {
    en: 'the log has {size} events, so there is no proof about {asked}',
    zh: '日志有 {size} 条记录，不能给出第 {asked} 条的证明',
  },
  noCheckpoint: { en: 'the log has no checkpoint yet', zh: '日志还没有检查点' },
  noCheckpointFrom: {
    en: 'there is no checkpoint of {least} events or more',
    zh: '没有含 {least} 条或更多记录的检查点',
  },
  noCheckpointOf: {
    en: 'there is no checkpoint of {size}',
    zh: '没有日志长度为 {size} 的检查点',
  },
  otherTree: {
    en: 'the tree in the read models is not the one of the stored events: rebuild them',
    zh: '查询数据中的校验树与存储的记录不一致，请重建查询数据',
  },
  badCheckpoint: {
    en: 'the last checkpoint, of {size}, is not good: {reason}',
    zh: '最近的检查点（长度 {size}）无效（系统信息：{reason}）',
  },
  shorterThanCheckpoint: {
    en: 'the last checkpoint is of {size} events, the log has {has}',
    zh: '最近的检查点有 {size} 条记录，日志只有 {has} 条',
  },
  otherThanCheckpoint: {
    en: 'the first {size} events are not those of the last checkpoint',
    zh: '前 {size} 条记录与最近的检查点不一致',
  },
  logEnds: { en: 'the log ends before event {index}', zh: '日志在第 {index} 条记录之前结束' },
  keyInData: {
    en: 'the key must lie outside the data directory {directory}',
    zh: '密钥不能放在数据目录 {directory} 内',
  },
  keyReadable: {
    en: 'others than its owner can read the key {file}: chmod 600 it',
    zh: '密钥 {file} 可被所有者以外的人读取，请用 chmod 600 限制',
  },
  keyMalformed: { en: '{file}: {reason}', zh: '密钥 {file} 无法读取（系统信息：{reason}）' },
  keyOfOther: {
    en: 'the key {file} signs for {name}, not for {origin}',
    zh: '密钥 {file} 用于 {name}，不是 {origin}',
  },
});

/** What is said of backups. */
export const BACKUP = Sentence.catalogue({
  ofCluster: {
    en: 'the ledger lies in KurrentDB: back that up as docs/operating.md says under KurrentDB',
    zh: '账簿存放在 KurrentDB 中，请按 docs/operating.md 中 KurrentDB 一节备份',
  },
  memoryLedger: {
    en: 'a ledger in memory has nothing to back up',
    zh: '内存中的账簿没有可备份的内容',
  },
  memoryVault: {
    en: 'a vault in memory has nothing to back up',
    zh: '内存中的个人信息库没有可备份的内容',
  },
});

/** What is said of moving a ledger from one store to another. */
export const MIGRATION = Sentence.catalogue({
  othersWrite: {
    en: 'another writes to the target: {fault}',
    zh: '有其他程序在写入迁移目标（系统信息：{fault}）',
  },
  otherEvent: {
    en: 'event {index} of the target is not that of the source',
    zh: '迁移目标的第 {index} 条记录与源不一致',
  },
  sourceEnds: {
    en: 'the source ends before event {index}',
    zh: '源在第 {index} 条记录之前结束',
  },
  otherRoot: {
    en: 'the root of the source is {root}, of the target {copy}',
    zh: '源的校验值为 {root}，目标为 {copy}',
  },
  otherLog: {
    en: 'the target is the log {target}, the source is {source}',
    zh: '迁移目标是日志 {target}，源是 {source}',
  },
  targetLonger: {
    en: 'the target has {target} events, the source {source}',
    zh: '迁移目标有 {target} 条记录，源有 {source} 条',
  },
  sourceWritten: {
    en: 'the source was written to: it has {now} events, {moved} were moved; end its processes and begin again',
    zh: '迁移期间源有写入：现有 {now} 条记录，已迁移 {moved} 条；请结束使用源的程序后重新开始',
  },
  moreCheckpoints: {
    en: 'the target has checkpoints that the source has not, of {sizes:list}',
    zh: '迁移目标有源所没有的检查点，长度为 {sizes:list}',
  },
  otherCheckpoint: {
    en: 'the target has another checkpoint of {size}',
    zh: '迁移目标中长度为 {size} 的检查点与源不同',
  },
  otherSubject: {
    en: 'the vault of the target has the subject {subject}, or its name, otherwise',
    zh: '迁移目标的个人信息库中，人员 {subject} 或其姓名与源不同',
  },
});
