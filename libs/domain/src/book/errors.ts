const word = (status: number, en: string, zh: string) => ({ status, title: { en, zh } });

/**
 * Every way in which the ledger says no: a closed list of code words with what each means. HTTP status,
 * titles in both languages, CLI text and the manual's page of errors all come from this one table (docs/errors.md is
 * generated from it). `status` is the HTTP status.
 */
export const LEDGER_ERRORS = {
  // reading a command
  'invalid-encoding': word(400, 'The input is not UTF-8', '输入的内容不是 UTF-8 编码'),
  'invalid-json': word(400, 'The input is not a JSON object', '输入的内容不是 JSON 对象'),
  'unknown-command': word(422, 'There is no such command', '没有这种命令'),
  'invalid-command': word(422, 'A field is missing or has a wrong form', '有字段缺失或格式不对'),
  'unknown-field': word(422, 'The command has a field that is not known', '命令中有不认识的字段'),
  'invalid-amount': word(
    422,
    'An amount is not yuan with exactly two decimals',
    '金额不是以元为单位、两位小数的数',
  ),
  'invalid-date': word(422, 'A date is not a calendar date YYYY-MM-DD', '日期不是有效的年-月-日'),
  'date-outside-fiscal-year': word(
    422,
    'The business date is outside the fiscal year',
    '业务日期不在预算年度内',
  ),
  // names that must exist
  'unknown-project': word(
    422,
    'The project is not registered in the book',
    '账簿中没有登记这个项目',
  ),
  'unknown-fund': word(422, 'The fund is not one of the list', '没有这种资金性质'),
  'unknown-origin': word(
    422,
    'The origin is neither current nor carryover',
    '既不是本年拨款也不是上年结转',
  ),
  'unknown-function': word(
    422,
    'The functional code is not in the classification',
    '没有这个功能科目',
  ),
  'unknown-economic': word(
    422,
    'The economic code is not in the classification',
    '没有这个经济科目',
  ),
  'unknown-indicator': word(422, 'The indicator was not adopted', '没有设定这项绩效指标'),
  'unknown-entry': word(422, 'The book has no such entry', '账簿中没有这笔记账'),
  // the state of a book
  'book-not-open': word(409, 'The book is not open', '尚未建账'),
  'book-already-open': word(409, 'The book is already open', '已经建账'),
  'year-closed': word(409, 'The year is closed', '本年度已结账'),
  'year-not-closed': word(409, 'The year is not closed', '本年度尚未结账'),
  'project-already-registered': word(409, 'The project is already registered', '项目已经登记'),
  'already-approved': word(409, 'The line already has an approved budget', '该指标已有批复预算'),
  'already-reversed': word(409, 'The entry is already reversed', '这笔记账已经冲销'),
  'not-reversible': word(409, 'The entry cannot be reversed', '这笔记账不能冲销'),
  'duplicate-document': word(409, 'The document was already posted', '该文件或凭证已经记账'),
  'prior-year-not-closed': word(409, "The prior year's book is not closed", '上年度账簿尚未结账'),
  'unknown-subject': word(404, 'The vault has no such subject', '个人信息库中没有此人'),
  // the proof of the log
  'no-signing-key': word(
    409,
    'There is no key that may sign for the log',
    '没有可为日志签名的密钥',
  ),
  'no-checkpoint': word(404, 'There is no such checkpoint', '没有这个检查点'),
  'log-damaged': word(
    500,
    'The stored events are not those that were signed',
    '存储的记录与已签名的不一致',
  ),
  // control
  'insufficient-budget': word(
    422,
    'The line has less executable budget than asked',
    '该指标的可执行余额不足',
  ),
  'insufficient-carryover': word(
    422,
    'The line has less unreleased carryover than asked',
    '该指标的未下达结转不足',
  ),
  'insufficient-reservation': word(
    422,
    'The reservation has less left than asked',
    '占用的余额不足',
  ),
  'carryover-not-transferable': word(
    422,
    'Carryover stays on its line',
    '上年结转只能在原指标使用',
  ),
  'wrong-origin': word(422, 'The origin does not fit the command', '本年或结转与业务不符'),
  'transfer-unbalanced': word(
    422,
    'A transfer must sum to zero within one fund and origin',
    '调剂必须在同一资金性质内收支相抵',
  ),
  'refund-exceeds-payment': word(
    422,
    'The refund is more than is left of the payment',
    '退回金额超过支付的剩余金额',
  ),
  'acknowledgement-exceeds-allocation': word(
    422,
    'The acknowledgement is more than is open of the allocation',
    '签收金额超过直拨的未签收金额',
  ),
  'procurement-exceeds-payment': word(
    422,
    'The procurement amount is more than was paid',
    '政府采购金额超过支付金额',
  ),
  'carryover-mismatch': word(
    422,
    'The carryover differs from what the ledger has',
    '结转金额与账簿不一致',
  ),
  'reason-required': word(422, 'A reason is required', '必须写明事由'),
  'score-out-of-range': word(422, 'The score is more than the weight', '得分超过权重'),
  'money-overflow': word(
    422,
    'A sum passes the range in which fen are exact',
    '合计超出可精确到分的范围',
  ),
  // people
  'approval-required': word(403, 'A second person must approve', '必须由另一人复核'),
  'four-eyes': word(
    403,
    'Who proposed or revised a posting cannot approve it',
    '提交或修改的人不能自己复核',
  ),
  'unknown-proposal': word(404, 'The book has no such proposal', '账簿中没有这项提交'),
  'proposal-not-open': word(409, 'The proposal is not open', '该提交不在待复核状态'),
  'proposal-changed': word(
    409,
    'The proposal is not the one that was shown',
    '该提交已与所显示的不同',
  ),
  'proposals-open': word(
    409,
    'Proposals are open that must be settled first',
    '还有待复核的提交须先办理',
  ),
  // accounts and duties
  'not-authenticated': word(401, 'Nobody is logged in', '尚未登录'),
  'login-failed': word(401, 'Login and password do not fit', '用户名或密码不正确'),
  forbidden: word(403, 'This is not the duty of the account', '该账户没有此项职责'),
  csrf: word(
    403,
    'The request does not come from a page of the ledger',
    '请求不是从本系统页面发出的',
  ),
  'password-change-required': word(403, 'The password must be changed first', '必须先修改密码'),
  'too-many-attempts': word(429, 'There were too many attempts to log in', '登录尝试次数过多'),
  'setup-done': word(409, 'The ledger has accounts already', '系统已有账户'),
  'setup-refused': word(
    403,
    'The setup link is not the one that was printed',
    '不是启动时打印的设置链接',
  ),
  'invalid-account': word(422, 'A field of an account has a wrong form', '账户的某一项格式不对'),
  'invalid-password': word(422, 'The password is too easy to guess', '密码太容易猜到'),
  'login-taken': word(409, 'Another account has this login', '登录名已被其他账户使用'),
  'duties-conflict': word(
    409,
    'One person must not have these duties together',
    '这些职责不能由同一人承担',
  ),
  'last-account-admin': word(
    409,
    'Nobody would be left to administer accounts',
    '不能没有账户管理员',
  ),
  'unknown-account': word(404, 'There is no such account', '没有这个账户'),
  'unknown-token': word(404, 'The account has no such token', '该账户没有这个令牌'),
  'unknown-issuer': word(404, 'No such issuer is configured', '没有配置这个身份认证方'),
  // recording
  'revision-conflict': word(409, 'The book was changed meanwhile', '账簿已被他人更改'),
  'precondition-failed': word(
    412,
    'The book is not at the revision that If-Match names',
    '账簿已不在 If-Match 指明的版本',
  ),
  'idempotency-mismatch': word(
    422,
    'The id was used before for another content',
    '该编号已用于其他内容',
  ),
  'command-in-flight': word(
    409,
    'The same command is being recorded right now',
    '同一命令正在入账',
  ),
  'migration-conflict': word(
    409,
    'The target of the migration has something else already',
    '迁移目标中已有其他内容',
  ),
  'source-changed': word(
    409,
    'The source was written to during the migration',
    '迁移期间源账簿有写入',
  ),
  'append-too-large': word(
    413,
    'More at once than the event store takes',
    '一次写入超过存储所能接受的大小',
  ),
  'catching-up': word(
    503,
    'The server has not seen all of the log since it started',
    '服务启动后尚未读完全部日志',
  ),
  'store-unavailable': word(
    503,
    'The ledger cannot be written or read at the moment',
    '账簿暂时无法读写',
  ),
  // asking
  'unknown-book': word(404, 'There is no such book', '没有这个账簿'),
  'unknown-measure': word(404, 'There is no such measure', '没有这个指标口径'),
  'unknown-report': word(404, 'There is no such report', '没有这张报表'),
  'unknown-cell': word(404, 'The report has no such cell', '报表中没有这个单元格'),
  'unknown-event': word(404, 'There is no such event', '没有这条记录'),
  'invalid-query': word(422, 'A part of the question has a wrong form', '查询条件的某一项格式不对'),
  'known-at-beyond-log': word(422, 'The log is not that long yet', '日志还没有这么长'),
  'projection-behind': word(
    503,
    'The read model has not caught up in time',
    '查询数据未能及时更新',
  ),
  'projection-failed': word(
    503,
    'A read model stopped at an event that it cannot handle',
    '查询数据在一条无法处理的记录处停止',
  ),
  // the edge
  'not-found': word(404, 'There is nothing at this address', '没有这个地址'),
  'idempotency-key-required': word(
    400,
    'The header Idempotency-Key is missing',
    '缺少请求头 Idempotency-Key',
  ),
  'invalid-header': word(400, 'A header has a wrong form', '请求头格式不对'),
  'too-many-listeners': word(
    503,
    'As many listen to the log as the server takes',
    '实时更新的连接数已满',
  ),
  'payload-too-large': word(413, 'The request is too large', '请求内容过大'),
  'internal-error': word(500, 'The ledger failed at this request', '系统处理该请求时出错'),
} as const satisfies Record<string, ReturnType<typeof word>>;

export type LedgerErrorCode = keyof typeof LEDGER_ERRORS;
