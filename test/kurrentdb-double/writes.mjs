// Append, BatchAppend, Delete and Tombstone of one node.
import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, lost } from './failures.mjs';
import {
  addressed,
  appendAnswer,
  batchAnswer,
  deleteAnswer,
  expectedOf,
  nameOf,
  proposalOf,
  uuidText,
} from './protocol.mjs';

/**
 * @typedef {import('./node.mjs').Node} Node
 * @typedef {{ name: string, expected: import('./record-log.mjs').Expected,
 *   proposals: import('./record-log.mjs').Proposal[], deadlineMs: number }} Write
 */

/** @param {Node} node */
export const writeHandlers = (node) => ({
  append: (call, callback) => append(node, call, callback),
  batchAppend: (call) => batchAppend(node, call),
  delete: (call, callback) => void remove(node, call, callback, 'DeleteResp'),
  tombstone: (call, callback) => void remove(node, call, callback, 'TombstoneResp'),
});

function append(node, call, callback) {
  let write;
  call.on('data', (request) => {
    if (request.hasOptions()) write = writeOf(request.getOptions());
    else write.proposals.push(proposalOf(request.getProposedMessage()));
  });
  call.on('end', async () => {
    try {
      const outcome = await perform(node, call, write);
      if (!outcome) return;
      const { result } = outcome;
      if (result === 'written' || result === 'wrong-expected-version')
        callback(null, appendAnswer(outcome, write.expected));
      else callback(failureOf(outcome, write.expected, write.name));
    } catch (error) {
      callback(error);
    }
  });
}

function batchAppend(node, call) {
  /** @type {Map<string, Write>} */
  const open = new Map();
  let pending = 0;
  let ended = false;
  let failed = false;
  const endWhenDone = () => ended && pending === 0 && !failed && call.end();
  const answer = async (id, write) => {
    pending += 1;
    try {
      const outcome = await perform(node, call, write);
      // a server that answers in place of one that was late has only the id as it understood it
      const structured = node.cluster.structuredIds || outcome?.result === 'timeout';
      const said = outcome && batchAnswer(outcome, write.expected, write.name);
      if (said && !failed && !call.cancelled)
        call.write(addressed(said, id, write.name, structured));
    } catch (error) {
      if (!failed) call.emit('error', error); // as a real node does: the whole batch call ends
      failed = true;
    }
    pending -= 1;
    endWhenDone();
  };
  call.on('data', (request) => {
    const id = uuidText(request.getCorrelationId());
    const options = request.getOptions();
    if (options) open.set(id, writeOf(options, options.getDeadline()?.toDate().getTime()));
    const write = open.get(id);
    if (!write) return;
    write.proposals.push(...request.getProposedMessagesList().map(proposalOf));
    if (!request.getIsFinal()) return;
    open.delete(id);
    void answer(id, write);
  });
  call.on('end', () => {
    ended = true;
    endWhenDone();
  });
}

/** @returns {Write} */
const writeOf = (options, deadlineMs = Infinity) => ({
  name: nameOf(options.getStreamIdentifier()),
  expected: expectedOf(options),
  proposals: [],
  deadlineMs,
});

/** The outcome, or undefined where no answer is to be given. Throws the failure of a call. */
async function perform(node, call, write) {
  const { faults, log, counters } = node.cluster;
  const held = faults.heldBy('append');
  if (held) await held;
  if (call.cancelled) return undefined;
  node.admitWrite(call);
  const refused = refusalOf(node, write);
  if (refused) return refused;
  const before = faults.lossBeforeWrite();
  if (before) return lose(node, call, before);
  const outcome = log.append(write.name, write.expected, write.proposals);
  counters.appends += 1;
  const delayMs = faults.replyDelayMs();
  if (delayMs > 0) await wait(delayMs);
  const after = outcome.result === 'written' && faults.lossAfterWrite();
  return after ? lose(node, call, after) : outcome;
}

function refusalOf({ cluster }, { name, proposals, deadlineMs }) {
  if (deadlineMs <= Date.now()) return { result: 'timeout' };
  if (proposals.reduce((sum, event) => sum + bytesOf(event), 0) > cluster.maxAppendBytes)
    return { result: 'maximum-append-size-exceeded', maxBytes: cluster.maxAppendBytes };
  const result = cluster.faults.takeRefusal();
  if (result !== 'wrong-expected-version') return result && { result };
  return { result, current: cluster.log.stream(name)?.records.at(-1)?.revision };
}

/** The size by which a real node judges: data, metadata and the type as UTF-16. */
const bytesOf = ({ data, metadata, type }) => data.length + metadata.length + 2 * type.length;

/** @param {import('./faults.mjs').Loss} how */
function lose(node, call, how) {
  lost(how, () => node.disconnect(call));
  return undefined;
}

async function remove(node, call, callback, kind) {
  try {
    node.admitWrite(call);
    const options = call.request.getOptions();
    const { name, expected } = writeOf(options);
    const { faults, log } = node.cluster;
    const outcome = log.delete(name, expected, kind === 'TombstoneResp');
    const delayMs = faults.replyDelayMs();
    if (delayMs > 0) await wait(delayMs);
    if (outcome.result === 'written') callback(null, deleteAnswer(kind, outcome.at));
    else callback(failureOf(outcome, expected, name));
  } catch (error) {
    callback(error);
  }
}
