import { parseEnvelope, type StoredEvent } from '#event-store';

/** Which events of a book are looked for; what is left out does not restrict. Texts in any case, parts suffice. */
export interface EventFilter {
  readonly types?: readonly string[];
  /** Part of the name of who posted or approved. */
  readonly person?: string;
  /** First and last business date, inclusive, YYYY-MM-DD. */
  readonly since?: string;
  readonly until?: string;
  /** Part of the number of the paper, or of the voucher. */
  readonly document?: string;
  /** A budget line, or all lines of a project. */
  readonly line?: LineWanted;
  /** Each of these words stands in the command's id, the names or the content. */
  readonly words?: readonly string[];
}

export interface LineWanted {
  readonly project: string;
  readonly fund?: string;
  readonly origin?: string;
}

type Test = (stored: StoredEvent) => boolean;

/** The test that an event must pass. What the store has beside the payload is compared first: most fail there. */
export function testOf(filter: EventFilter): Test {
  const { types, person, since, until, document, line, words = [] } = filter;
  const tests: Test[] = [];
  if (types) tests.push(({ type }) => types.includes(type));
  if (since !== undefined) tests.push(({ date }) => date >= since);
  if (until !== undefined) tests.push(({ date }) => date <= until);
  if (line) tests.push(isOnLine(line));
  if (document !== undefined) tests.push(hasDocument(document.toLowerCase()));
  if (words.length > 0) tests.push(withWords(words));
  if (person !== undefined) tests.push(isBy(person.toLowerCase()));
  return (stored) => tests.every((test) => test(stored));
}

function isBy(person: string): Test {
  return ({ envelope }) => {
    const { actor, approvedBy } = parseEnvelope(envelope);
    return [actor, approvedBy ?? ''].some((name) => name.toLowerCase().includes(person));
  };
}

/** Hashes and subjects: in one of them nearly every short number is found. */
const NO_WORDS = /"(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g;
const SURELY_MEANT = 8;

function withWords(words: readonly string[]): Test {
  const lowered = words.map((word) => word.toLowerCase());
  const isShort = lowered.some((word) => word.length < SURELY_MEANT);
  return ({ commandId, type, date, envelope, payload }) => {
    const content = (isShort ? payload.replace(NO_WORDS, '') : payload).toLowerCase();
    if (lowered.every((word) => content.includes(word))) return true;
    // not the envelope itself, which has hashes too
    const { actor, approvedBy } = parseEnvelope(envelope);
    const beside = [commandId, type, date, actor, approvedBy ?? ''].join('\n').toLowerCase();
    return lowered.every((word) => content.includes(word) || beside.includes(word));
  };
}

const isOnLine = ({ project, fund, origin }: LineWanted): Test => {
  const mentioned = `"project":${JSON.stringify(project)}`;
  const fits = (value: object) =>
    'project' in value &&
    value.project === project &&
    (fund === undefined || ('fund' in value && value.fund === fund)) &&
    (origin === undefined || ('origin' in value && value.origin === origin));
  return ({ payload }) => payload.includes(mentioned) && anywhere(JSON.parse(payload), fits);
};

const hasDocument = (part: string): Test => {
  const has = (text: unknown) => typeof text === 'string' && text.toLowerCase().includes(part);
  const fits = (value: object) =>
    ('voucher' in value && has(value.voucher)) ||
    ('document' in value && has((value.document as { number?: unknown } | null)?.number));
  return ({ payload }) =>
    /"(document|voucher)":/.test(payload) && anywhere(JSON.parse(payload), fits);
};

/** Whether an object in a payload fits: also those of a proposed posting. */
function anywhere(value: unknown, fits: (value: object) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return fits(value) || Object.values(value).some((part) => anywhere(part, fits));
}
