import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type DragEvent } from 'react';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { useText } from './locale.js';
import { NoteFault } from './proof/note.js';
import { verifyLog, type Finding, type Verdict } from './proof/verify-log.js';
import { logSource } from './source.js';

interface Progress {
  readonly done: number;
  readonly of: number;
}

/** The log is computed again in this browser and held against a checkpoint that the auditor brings. */
export default function Verify() {
  const text = useText();
  const [checkpoint, setCheckpoint] = useState<File>();
  const [keys, setKeys] = useState<File>();
  const [progress, setProgress] = useState<Progress>();
  const verifying = useMutation({
    mutationFn: async () => {
      const files = { checkpoint: await checkpoint!.text(), keys: await keys!.text() };
      return verifyLog(logSource, files, (done, of) => setProgress({ done, of }));
    },
  });
  const { data, error, isPending } = verifying;
  return (
    <>
      <div className="report-bar">
        <FileField
          label={text('checkpointFile')}
          hint={text('checkpointHint')}
          file={checkpoint}
          take={setCheckpoint}
        />
        <FileField label={text('keyFile')} hint={text('keyHint')} file={keys} take={setKeys} />
        <div className="acts">
          <Button
            type="primary"
            disabled={!checkpoint || !keys}
            loading={isPending}
            onClick={() => verifying.mutate()}
          >
            {text('doVerify')}
          </Button>
        </div>
      </div>
      {isPending && progress && (
        <div role="status">
          <progress value={progress.done} max={progress.of} aria-label={text('verify')} />{' '}
          {text('verifying', { done: progress.done, of: progress.of })}
        </div>
      )}
      {error instanceof NoteFault && (
        <p role="alert" className="verdict fails">
          ✗ {text(error.reason)}
        </p>
      )}
      {error && !(error instanceof NoteFault) && <Failure error={error} />}
      {data && !isPending && <Told verdict={data} />}
    </>
  );
}

interface FileFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly file: File | undefined;
  readonly take: (file: File) => void;
}

/** Chosen by hand, or dropped onto the field. */
function FileField({ label, hint, file, take }: FileFieldProps) {
  const takeFirst = (files: FileList | null) => {
    if (files?.[0]) take(files[0]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    takeFirst(event.dataTransfer.files);
  };
  return (
    <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Field label={label} hint={file ? `${file.name}; ${hint}` : hint}>
        {(control) => (
          <input {...control} type="file" onChange={({ target }) => takeFirst(target.files)} />
        )}
      </Field>
    </div>
  );
}

function Told({ verdict: { checkpoint, logSize, root, sealed, findings } }: { verdict: Verdict }) {
  const text = useText();
  const holds = findings.length === 0;
  return (
    <div role="status" className={`verdict ${holds ? 'holds' : 'fails'}`}>
      <p>
        {holds ? '✓ ' : '✗ '}
        {holds ? text('holds', { logSize, size: checkpoint.size }) : text('fails')}
      </p>
      {sealed > 0 && <p>{text('sealedNote', { n: sealed })}</p>}
      <ul>
        {findings.map((finding) => (
          <li key={JSON.stringify(finding)}>
            <FindingText finding={finding} />
          </li>
        ))}
      </ul>
      <dl className="facts">
        <dt>{text('signedBy')}</dt>
        <dd>
          <code className="hash">{checkpoint.signedBy}</code>
        </dd>
        <dt>{text('root')}</dt>
        <dd>
          <code className="hash">{root}</code>
        </dd>
      </dl>
    </div>
  );
}

function FindingText({ finding: { fault, ...values } }: { finding: Finding }) {
  const text = useText();
  return <>{text(fault === 'root' ? 'rootFault' : fault, values)}</>;
}
