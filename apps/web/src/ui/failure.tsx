import { Alert, Button } from 'antd';
import { ProblemError } from '../api/problem.js';
import { useText } from '../app/locale.js';

/** A failure in the server's own sentence, and a way to try again where there is one. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const text = useText();
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof ProblemError ? error.code : undefined;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={code ? <code>{code}</code> : text('failed')}
      description={message}
      action={retry && <Button onClick={retry}>{text('retry')}</Button>}
    />
  );
}
