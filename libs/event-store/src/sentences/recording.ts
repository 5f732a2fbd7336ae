import { Sentence } from '#domain';

/** What is said where a command cannot be recorded although the book would take it. */
export const RECORDING = Sentence.catalogue({
  notOfStream: { en: 'command {id} is not for {stream}', zh: '命令 {id} 不属于 {stream}' },
  idTwice: { en: 'the id {id} is given to two commands', zh: '编号 {id} 用于两个命令' },
  inFlight: { en: 'command {id} is being recorded right now', zh: '命令 {id} 正在入账' },
  idUsed: {
    en: 'the id {id} was used before for another content (revision {revision}, {type:event} of {date})',
    zh: '编号 {id} 已用于其他内容（第 {revision} 版，{date} 的{type:event}）',
  },
  proposalIdUsed: {
    en: 'the id {id} of the proposal was used before for another command',
    zh: '提交编号 {id} 已用于其他命令',
  },
  rivals: {
    en: 'others changed {stream} during each of {attempts} attempts; it is at revision {revision} now',
    zh: '连续 {attempts} 次入账时 {stream} 都被他人更改，现为第 {revision} 版，请重试',
  },
  otherRevision: {
    en: '{stream} is at revision {revision}, If-Match names {asked}',
    zh: '{stream} 现为第 {revision} 版，If-Match 指明的是第 {asked} 版',
  },
  rivalsOfStream: {
    en: 'others changed {stream} meanwhile; try again',
    zh: '{stream} 已被他人更改，请重试',
  },
  notRecorded: { en: 'nothing was recorded: {why:said}', zh: '没有入账：{why:said}' },
  inDoubt: {
    en: 'whether this was recorded is not known: {why:said}; the same command with the same id will tell',
    zh: '尚不知是否已入账：{why:said}；请以同一编号重新提交同一命令，即可得知',
  },
  unreadableBook: {
    en: 'the book cannot be read: event {index} is a {type} of schema {schema}, which this version of the ledger does not know',
    zh: '账簿无法读取：第 {index} 条记录（{type}，格式 {schema}）是当前版本不认识的',
  },
});
