import { Sentence } from '#domain';

/** What is said of a request before it is known what it asks for. */
export const REQUEST = Sentence.catalogue({
  nothingHere: { en: 'there is nothing at this address', zh: '没有这个地址' },
  badAddress: { en: '{fault}', zh: '地址无法读取（系统信息：{fault}）' },
  badRequest: { en: '{fault}', zh: '请求无法读取（系统信息：{fault}）' },
  notHttp: {
    en: 'this is not an HTTP request that can be read',
    zh: '这不是可以读取的 HTTP 请求',
  },
  headersTooLarge: { en: 'the headers are too large', zh: '请求头过大' },
  notJson: {
    en: 'the body must have the content type application/json',
    zh: '请求内容的类型须为 application/json',
  },
  contentEncoding: {
    en: 'a body is taken as it is, not with the content encoding {coding}',
    zh: '请求内容不能使用 {coding} 编码',
  },
  notUtf8: { en: 'the body is not UTF-8', zh: '请求内容不是 UTF-8 编码' },
  noAnswerYet: {
    en: 'the event store has not answered yet',
    zh: '记录服务器尚未应答',
  },
  notOpened: { en: '{fault}', zh: '记录库无法打开（系统信息：{fault}）' },
  catchingUp: {
    en: 'this server has not seen all of the log since it was started: ask again, or ask another one',
    zh: '本服务启动后尚未读完全部日志，请稍后再试，或改用其他服务',
  },
  failed: {
    en: 'the ledger failed at this request; nothing was stored',
    zh: '系统处理该请求时出错，没有存储任何内容',
  },
});

/** What is said of the header fields of a request. */
export const HEADERS = Sentence.catalogue({
  twice: { en: '{name} is given more than once', zh: '{name} 出现了多次' },
  notAscii: {
    en: '{name} has characters that are not ASCII: they must be percent-encoded UTF-8',
    zh: '{name} 含有非 ASCII 字符，须用 UTF-8 百分号编码',
  },
  strayPercent: {
    en: '{name} has a percent sign that encodes nothing',
    zh: '{name} 中有不表示任何编码的百分号',
  },
  nameForm: {
    en: '{name} must be a name of 1 to 128 characters, percent-encoded where it is not ASCII',
    zh: '{name} 须为 1 至 128 个字符的名称，非 ASCII 字符用百分号编码',
  },
  notWithAccounts: {
    en: '{name} is not taken where there are accounts: who posts is who is logged in',
    zh: '已有账户时不接受 {name}：经办人就是登录的人',
  },
  actorMissing: { en: 'X-Actor is missing: it says who posts', zh: '缺少 X-Actor，须写明经办人' },
  keyMissing: {
    en: 'every posting needs a header Idempotency-Key, which makes a repetition harmless',
    zh: '每笔记账都须带请求头 Idempotency-Key，以免重复入账',
  },
  ifMatch: {
    en: 'If-Match must be a revision in double quotes, like "12", not {value}',
    zh: 'If-Match 须为双引号括起的版本号，如 "12"，不能是 {value}',
  },
  notGiven: {
    en: '{name} must be one that the ledger gave, not {value}',
    zh: '{name} 须为系统给出的值，不能是 {value}',
  },
});

/** What is said of the parameters of a question. */
export const QUESTION = Sentence.catalogue({
  noSuchYear: { en: 'there is no book of the year {year}', zh: '没有 {year} 年度的账簿' },
  twice: { en: '{name} is given more than once', zh: '参数 {name} 出现了多次' },
  tooManyPeople: {
    en: 'at most {most} persons are named at a time',
    zh: '一次最多查询 {most} 人的姓名',
  },
  needed: { en: '{name} is needed', zh: '缺少参数 {name}' },
  wholeNumber: {
    en: '{name} must be a whole number ≥ 0, not {value}',
    zh: '参数 {name} 须为大于等于零的整数，不能是 {value}',
  },
  choice: {
    en: '{name} must be one of {choices:list}, not {value}',
    zh: '参数 {name} 须为 {choices:list} 之一，不能是 {value}',
  },
  tooLong: {
    en: '{name} has {most} characters at most',
    zh: '参数 {name} 最多 {most} 个字符',
  },
  tooManyWords: { en: '{name} has {most} words at most', zh: '参数 {name} 最多 {most} 个词' },
  noEventType: {
    en: 'there is no type of event {value}',
    zh: '没有记录类型 {value}',
  },
  lineForm: {
    en: '{name} must be PROJECT or PROJECT|FUND|ORIGIN, not {value}',
    zh: '参数 {name} 须为“项目”或“项目|资金性质|来源”，不能是 {value}',
  },
  revisionsForm: {
    en: '{name} must be like 0-99,105, not {value}',
    zh: '参数 {name} 须形如 0-99,105，不能是 {value}',
  },
  tooManyRevisions: {
    en: '{most} revisions are handed out at once, at most',
    zh: '一次最多取 {most} 个版本',
  },
  sizeOrFrom: {
    en: 'a checkpoint has a size or is the first from one',
    zh: '检查点可按长度查询，或查询某长度起的第一个，不能两者都给',
  },
  twoMoments: {
    en: 'two moments are compared: at is to be given twice',
    zh: '比较需要两个时点：参数 at 须给出两次',
  },
  moment: {
    en: 'at must be a date or a number of events, not {value}',
    zh: '参数 at 须为日期或日志长度，不能是 {value}',
  },
  unknown: {
    en: '{name} is no parameter of this address; there are {known:list}',
    zh: '该地址没有参数 {name}；可用的有 {known:list}',
  },
});

/** What is said of a body that does not have the structure of its kind. */
export const BODY = Sentence.catalogue({
  notAnObject: { en: 'the body must be a JSON object', zh: '请求内容须为 JSON 对象' },
  tooMany: {
    en: '{path} has more than {most} {what:said}',
    zh: '请求内容过多：{path} 超过 {most} {what:said}',
  },
  items: { en: 'items', zh: '项' },
  fields: { en: 'fields', zh: '个字段' },
  found: { en: '{field:field}: {what:said}', zh: '{field:field}：{what:said}' },
  all: { en: '{found:all}', zh: '{found:all}' },
  isString: { en: '{name:field} must be a string', zh: '{name:field}须为文字' },
  eachIsString: {
    en: 'each value in {name:field} must be a string',
    zh: '{name:field}的每一项须为文字',
  },
  isInt: { en: '{name:field} must be an integer number', zh: '{name:field}须为整数' },
  isArray: { en: '{name:field} must be an array', zh: '{name:field}须为列表' },
  arrayMaxSize: {
    en: '{name:field} must contain no more than {most} elements',
    zh: '{name:field}不能超过 {most} 项',
  },
  isDefined: { en: '{name:field} should not be null or undefined', zh: '{name:field}不能为空' },
  isIn: {
    en: '{name:field} must be one of the following values: {choices:list}',
    zh: '{name:field}须为以下之一：{choices:list}',
  },
  nested: {
    en: 'nested property {name:field} must be either object or array',
    zh: '{name:field}须为一组字段或列表',
  },
  eachNested: {
    en: 'each value in nested property {name:field} must be either object or array',
    zh: '{name:field}的每一项须为一组字段或列表',
  },
  unknown: { en: 'property {name:field} should not exist', zh: '没有{name:field}这个字段' },
  other: { en: '{fault}', zh: '格式不对（系统信息：{fault}）' },
});
