import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { answer, api, ProblemError } from '../../api/client.js';
import { Failure } from '../../ui/failure.js';
import { useText } from './locale.js';
import { fromHex, hexOf } from './proof/bytes.js';
import { hashesOf, holdsInclusion, leafHash } from './proof/tree.js';

interface Proved {
  readonly size: number;
  readonly hashes: number;
  readonly root: string;
  /** None where the entry itself may not be read. */
  readonly leaf?: string;
  readonly holds?: boolean;
}

/** Asks for a record's inclusion proof and, where the record may be read, computes the root from it here. */
async function prove(index: number): Promise<Proved> {
  const { proof, root, size } = await answer(
    api.GET('/api/v1/log/proofs/inclusion', { params: { query: { index: String(index) } } }),
  );
  const served = { size, hashes: proof.length, root };
  const envelope = await envelopeOf(index);
  if (envelope === undefined) return served;
  const leaf = await leafHash(envelope);
  const [hashes, rootHash] = [hashesOf(proof), fromHex(root)];
  const holds =
    hashes !== undefined &&
    rootHash !== undefined &&
    (await holdsInclusion({ leaf, index, size, proof: hashes, root: rootHash }));
  return { ...served, leaf: hexOf(leaf), holds };
}

async function envelopeOf(index: number): Promise<string | undefined> {
  try {
    const query = { from: String(index), to: String(index) };
    const { entries } = await answer(api.GET('/api/v1/log/entries', { params: { query } }));
    return entries[0]?.envelope;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'forbidden') return undefined;
    throw error;
  }
}

/** The proof of one record, on demand. */
export function RecordProof({ index }: { index: number }) {
  const text = useText();
  const proving = useMutation({ mutationFn: () => prove(index) });
  const { data, error, isPending } = proving;
  if (error) return <Failure error={error} retry={() => proving.mutate()} />;
  if (!data)
    return (
      <Button size="small" loading={isPending} onClick={() => proving.mutate()}>
        {text('prove')}
      </Button>
    );
  const word = data.holds === undefined ? 'served' : data.holds ? 'proved' : 'unproved';
  return (
    <div role="status">
      <dl className="facts">
        <dt>{text('proof')}</dt>
        <dd>
          {data.holds === true && '✓ '}
          {data.holds === false && '✗ '}
          {text(word, { hashes: data.hashes, size: data.size })}
        </dd>
        {data.leaf !== undefined && (
          <>
            <dt>{text('leaf')}</dt>
            <dd>
              <code className="hash">{data.leaf}</code>
            </dd>
          </>
        )}
        <dt>{text('root')}</dt>
        <dd>
          <code className="hash">{data.root}</code>
        </dd>
      </dl>
    </div>
  );
}
