import type { Preview } from '../../api/types.js';
import { Effect } from '../../ui/effect.js';
import { Failure } from '../../ui/failure.js';
import { useText } from './locale.js';

/** What the server says of the draft: the lines before and after, what it refuses, and what it would store. */
export function PreviewPane({ preview, error }: { preview?: Preview; error: unknown }) {
  const text = useText();
  return (
    <aside className="preview" aria-live="polite" aria-label={text('preview')}>
      <h2>{text('preview')}</h2>
      {error !== null && <Failure error={error} />}
      {preview ? <Told preview={preview} /> : <p className="faint">{text('nothingYet')}</p>}
    </aside>
  );
}

function Told({ preview: { command, effect, refusal, needsApproval, why } }: { preview: Preview }) {
  const text = useText();
  const approval = needsApproval
    ? why === 'split'
      ? 'split'
      : 'needsApproval'
    : 'needsNoApproval';
  return (
    <>
      {effect.length > 0 && <Effect effect={effect} />}
      {refusal ? (
        <p className="refusal">
          {text('refused')} <code>{refusal.code}</code>
          <br />
          {refusal.message}
        </p>
      ) : (
        <p className="notice">{text(approval)}</p>
      )}
      <h2>{text('exactly')}</h2>
      <pre className="command" tabIndex={0}>
        {JSON.stringify(command, null, 2)}
      </pre>
    </>
  );
}
