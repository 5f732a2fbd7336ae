import { Button } from 'antd';
import { useState, type DragEvent } from 'react';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { useText } from './locale.js';
import { useVerification } from './use-verification.js';
import { VerdictText } from './verdict.js';

/** The log is computed again in this browser and held against a checkpoint that the auditor brings. */
export default function Verify() {
  const text = useText();
  const [checkpoint, setCheckpoint] = useState<File>();
  const [keys, setKeys] = useState<File>();
  const [unread, setUnread] = useState<unknown>();
  const { state, start, cancel } = useVerification();
  const verify = async (checkpointFile: File, keyFile: File) => {
    setUnread(undefined);
    try {
      start({ checkpoint: await checkpointFile.text(), keys: await keyFile.text() });
    } catch (error) {
      setUnread(error); // a file that was moved meanwhile, say
    }
  };
  const isRunning = state.is === 'running';
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
            disabled={!checkpoint || !keys || isRunning}
            onClick={() => void verify(checkpoint!, keys!)}
          >
            {text('doVerify')}
          </Button>
          {isRunning && <Button onClick={cancel}>{text('cancel')}</Button>}
        </div>
      </div>
      {state.is === 'running' && <Progress done={state.done} of={state.of} />}
      {state.is === 'cancelled' && <p role="status">{text('cancelled')}</p>}
      {state.is === 'refused' && (
        <p role="alert" className="verdict fails">
          ✗ {text(state.reason)}
        </p>
      )}
      {state.is === 'failed' && <Failure error={state.error} />}
      {unread !== undefined && <Failure error={unread} />}
      {state.is === 'done' && <VerdictText verdict={state.verdict} tookMs={state.tookMs} />}
    </>
  );
}

function Progress({ done, of }: { done: number; of: number }) {
  const text = useText();
  return (
    <div className="progress">
      <progress {...(of > 0 && { value: done, max: of })} aria-label={text('verify')} />{' '}
      {text('verifying', { done, of })}
    </div>
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
