import { useText } from './locale.js';
import type { Finding } from './proof/findings.js';
import type { Verdict } from './proof/verify-log.js';

const MS = 1000;

/** What came of verifying: that the log holds, or each thing that does not, and by whose key. */
export function VerdictText({ verdict, tookMs }: { verdict: Verdict; tookMs: number }) {
  const text = useText();
  const { size, logSize, root, sealed, findings, more, signedBy, rotations } = verdict;
  const holds = findings.length === 0;
  return (
    <div role="status" className={`verdict ${holds ? 'holds' : 'fails'}`}>
      <p>
        {holds ? '✓ ' : '✗ '}
        {holds ? text('holds', { logSize, size }) : text('fails')}
      </p>
      {sealed > 0 && <p>{text('sealedNote', { n: sealed })}</p>}
      <ul>
        {findings.map((finding) => (
          <li key={JSON.stringify(finding)}>
            <FindingText finding={finding} />
          </li>
        ))}
        {more > 0 && <li>{text('moreFindings', { n: more })}</li>}
      </ul>
      <dl className="facts">
        {signedBy !== undefined && (
          <>
            <dt>{text('signedBy')}</dt>
            <dd>
              <code className="hash">{signedBy}</code>
              {rotations.map((rotation) => (
                <div key={rotation.index}>{text('rotatedNote', { ...rotation })}</div>
              ))}
            </dd>
          </>
        )}
        <dt>{text('root')}</dt>
        <dd>
          <code className="hash">{root}</code>
        </dd>
        <dt>{text('took')}</dt>
        <dd>
          {text('tookNote', {
            seconds: (tookMs / MS).toFixed(1),
            rate: Math.round((logSize * MS) / Math.max(tookMs, 1)),
          })}
        </dd>
      </dl>
    </div>
  );
}

function FindingText({ finding: { fault, ...values } }: { finding: Finding }) {
  const text = useText();
  return <>{text(fault, values)}</>;
}
