// Read of one node: pages and subscriptions, of a stream and of `$all`.
import { randomUUID } from 'node:crypto';
import { invalidPosition, streamDeleted } from './failures.mjs';
import * as messages from './protocol.mjs';
import { isSoftDeleted } from './record-log.mjs';
import { Sender } from './sender.mjs';

/** A server's own page: the unit of checkpoints where no search window is given. */
const PAGE = 32;
/** So many records may wait for a live subscriber before the server has it catch up again. */
const LIVE_BUFFER = 32;
const BACKWARDS = 1;

/** @param {import('./node.mjs').Node} node */
export async function read(node, call) {
  const options = call.request.getOptions();
  const operation = options.hasSubscription() ? 'subscription' : 'read';
  const sender = new Sender(node, call, operation);
  try {
    node.admit(call);
    const source = options.hasStream()
      ? streamSource(node, options.getStream())
      : allSource(node, options.getAll());
    if (operation === 'subscription') await subscribe(sender, source, filterOf(options));
    else if (source.missing) await sender.send(messages.notFoundMessage(source.missing));
    else await page(sender, source, options, filterOf(options, node.cluster.filtersReads));
    sender.end();
  } catch (error) {
    sender.fail(error);
  }
}

/**
 * Records in order: `length()` of them can be seen now. A read begins with record `first` (a
 * backward one with the record before `before`), a subscription with record `after`.
 * @typedef {{ get: (i: number) => import('./record-log.mjs').LogRecord, length: () => number,
 *   lowest: number, first: number, before: number, after: number, missing?: string,
 *   check: () => void }} Source
 */

/** @returns {Source} */
function streamSource(node, options) {
  const { log } = node.cluster;
  const name = messages.nameOf(options.getStreamIdentifier());
  const check = () => {
    if (log.stream(name)?.tombstoned) throw streamDeleted(name);
  };
  check();
  const get = (i) => log.stream(name)?.records[i];
  const length = () => {
    let count = log.stream(name)?.records.length ?? 0;
    while (count > 0 && get(count - 1).index >= node.visible()) count -= 1;
    return count;
  };
  const stream = log.stream(name);
  const missing = length() === 0 || isSoftDeleted(stream) ? name : undefined;
  const kept = stream && !isSoftDeleted(stream) ? stream.truncateBefore : 0;
  const { first, before, after } = bounds(options, length, (revision) => [revision, revision + 1]);
  const from = { first: Math.max(first, kept), after: Math.max(after, kept) };
  return { get, length, lowest: kept, before, ...from, missing, check };
}

/** @returns {Source} */
function allSource(node, options) {
  const { log } = node.cluster;
  const get = (i) => log.records[i];
  const length = () => node.visible();
  const indices = (at) => {
    const index = log.indexAt(at);
    if (index < log.records.length && get(index).at !== at) throw invalidPosition();
    return [index, index + 1];
  };
  return { get, length, lowest: 0, check: () => {}, ...bounds(options, length, indices) };
}

/** `indices` gives the first record at a place, and the first behind it. */
function bounds(options, length, indices) {
  const all = options.hasPosition?.();
  if (options.hasStart()) return { first: 0, before: options.hasRevision ? 1 : 0, after: 0 };
  if (options.hasEnd()) return { first: length(), before: length(), after: length() };
  const place = Number(all ? options.getPosition().getCommitPosition() : options.getRevision());
  const [first, after] = indices(place);
  return { first, before: Math.min(all ? first : after, length()), after };
}

/** As a server does: what its filter does not let through does not count toward the count. */
async function page(sender, source, options, { matches }) {
  const backwards = options.getReadDirection() === BACKWARDS;
  let left = Number(options.getCount());
  const end = source.length();
  for (let i = backwards ? source.before - 1 : source.first; left > 0; i += backwards ? -1 : 1) {
    if (i < source.lowest || i >= end || sender.ended) return;
    const record = source.get(i);
    if (!matches(record)) continue;
    left -= 1;
    const full = sender.event(record);
    if (full) await full;
  }
}

/** Sends what is there, says so, goes on with what comes. Ends with the call. */
async function subscribe(sender, source, { matches, checkpointEvery }) {
  await sender.send(messages.confirmationMessage(randomUUID()));
  let next = source.after;
  let live = false;
  let considered = 0;
  let checkpointAt = source.get(next - 1)?.at ?? -1;
  const checkpoint = async () => {
    const at = source.get(next - 1)?.at;
    considered = 0;
    if (!checkpointEvery || at === undefined || at <= checkpointAt) return;
    checkpointAt = at;
    await sender.send(messages.checkpointMessage(at));
  };
  while (!sender.ended) {
    source.check();
    const waiting = source.length() - next;
    if (waiting <= 0) {
      if (!live) {
        live = true;
        await checkpoint();
        await sender.send(messages.caughtUpMessage());
      } else await sender.woken();
      continue;
    }
    if (live && waiting > LIVE_BUFFER) {
      live = false;
      await sender.send(messages.fellBehindMessage());
      await checkpoint();
    }
    const record = source.get(next++);
    if (matches(record)) {
      const full = sender.event(record);
      if (full) await full;
    }
    if (++considered >= checkpointEvery) await checkpoint();
  }
}

/** What a filter lets through, and after how many records considered it gives a checkpoint. */
function filterOf(options, isHonoured = true) {
  const filter = options.getFilter();
  if (!filter || !isHonoured) return { matches: () => true, checkpointEvery: 0 };
  const byName = filter.hasStreamIdentifier();
  const expression = byName ? filter.getStreamIdentifier() : filter.getEventType();
  const prefixes = expression.getPrefixList();
  const regex = new RegExp(expression.getRegex());
  const passes = prefixes.length
    ? (text) => prefixes.some((prefix) => text.startsWith(prefix))
    : (text) => regex.test(text);
  const window = filter.hasMax() ? filter.getMax() : PAGE;
  return {
    matches: (record) => passes(byName ? record.stream : record.type),
    checkpointEvery: window * filter.getCheckpointintervalmultiplier(),
  };
}
