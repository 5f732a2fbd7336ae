import { Sentence } from '#domain';

/** What is said of the files and servers under the log. `fault` is what the system itself reports. */
export const STORE = Sentence.catalogue({
  closed: { en: 'the event store is closed', zh: '记录库已关闭' },
  damaged: {
    en: 'the event store in {place} is damaged: {fault}',
    zh: '{place} 的记录库已损坏（系统信息：{fault}）',
  },
  unreadable: {
    en: 'the event store could not be read ({fault})',
    zh: '记录库无法读取（系统信息：{fault}）',
  },
  unwritable: {
    en: 'the event store could not write ({fault})',
    zh: '记录库无法写入（系统信息：{fault}）',
  },
  diskFull: { en: 'the disk of the event store is full', zh: '记录库所在磁盘已满' },
  busy: {
    en: 'another process has been writing to the event store too long',
    zh: '其他程序占用记录库时间过长',
  },
  noMoreWrites: {
    en: 'the event store takes no more writes after an error of the disk ({fault}); reads go on; restart once the disk is sound',
    zh: '磁盘出错后记录库不再写入，仍可查询；磁盘修复后请重新启动（系统信息：{fault}）',
  },
  queueFull: {
    en: '{count} events are waiting to be stored already',
    zh: '已有 {count} 条记录在等待入账',
  },
  none: { en: 'there is no ledger in {place}', zh: '{place} 没有账簿' },
  notOpened: {
    en: 'the event store in {place} cannot be opened: {fault}',
    zh: '{place} 的记录库无法打开（系统信息：{fault}）',
  },
  tooOld: {
    en: 'SQLite {version} is too old for the event store, it needs {needed} or later',
    zh: 'SQLite {version} 版本过旧，记录库需要 {needed} 或更新版本',
  },
  notDurable: {
    en: 'the {what:said} would not survive a power cut: journal_mode is {journal} and synchronous is {synchronous}, not wal and {needed}',
    zh: '{what:said}断电后可能丢失：journal_mode 为 {journal}、synchronous 为 {synchronous}，应为 wal 和 {needed}',
  },
  itself: { en: 'event store', zh: '记录库' },
  otherSchema: {
    en: 'the event store has the schema {schema}, this version of the ledger knows {known}',
    zh: '记录库的格式为 {schema}，当前版本认识的是 {known}',
  },
  otherLog: {
    en: 'the event store is the log {origin}, not {wanted}',
    zh: '记录库是日志 {origin}，不是 {wanted}',
  },
  backupExists: {
    en: '{file} is there already; a backup overwrites nothing',
    zh: '{file} 已经存在，备份不会覆盖任何文件',
  },
  backupFailed: {
    en: 'the backup to {file} failed: {fault}',
    zh: '备份到 {file} 失败（系统信息：{fault}）',
  },
});

/** What is said of the vault, where names of persons are kept. */
export const VAULT = Sentence.catalogue({
  itself: { en: 'vault', zh: '个人信息库' },
  closed: { en: 'the vault is closed', zh: '个人信息库已关闭' },
  unreadable: {
    en: 'the vault could not be read ({fault})',
    zh: '个人信息库无法读取（系统信息：{fault}）',
  },
  unwritable: {
    en: 'the vault could not write ({fault})',
    zh: '个人信息库无法写入（系统信息：{fault}）',
  },
  noMoreWrites: {
    en: 'the vault takes no more writes after an error of the disk ({fault}); restart once the disk is sound',
    zh: '磁盘出错后个人信息库不再写入；磁盘修复后请重新启动（系统信息：{fault}）',
  },
  erasedAtOnce: {
    en: 'a name is erased as soon as it is recorded',
    zh: '姓名一经记录就被删除',
  },
  tracesLeft: {
    en: 'the subject is erased, but traces may be left in vault.db; erase it again to finish ({fault})',
    zh: '该人员的信息已删除，但 vault.db 中可能还有痕迹，请再次删除以完成（系统信息：{fault}）',
  },
  erasureUnfinished: {
    en: 'an erasure that was cut off could not be finished ({fault})',
    zh: '上次中断的删除未能完成（系统信息：{fault}）',
  },
  notOpened: {
    en: 'the vault in {place} cannot be opened: {fault}',
    zh: '{place} 的个人信息库无法打开（系统信息：{fault}）',
  },
  keepsErased: {
    en: 'the vault would not overwrite what is erased: secure_delete is off',
    zh: '个人信息库不会覆盖已删除的内容：secure_delete 没有开启',
  },
  otherSchema: {
    en: 'the vault has the schema {schema}, this version of the ledger knows {known}',
    zh: '个人信息库的格式为 {schema}，当前版本认识的是 {known}',
  },
});
