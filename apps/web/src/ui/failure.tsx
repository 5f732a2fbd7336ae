import { Alert, Button } from 'antd';
import { ProblemError, Unreachable } from '../api/problem.js';
import { useText } from '../app/locale.js';

/** A failure in the server's own sentence, and a way to try again where there is one. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const text = useText();
  const { title, description } = toldOf(error, text);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={description}
      action={retry && <Button onClick={retry}>{text('retry')}</Button>}
    />
  );
}

/** What is no refusal of the ledger speaks the browser's or a proxy's language: it is said in the app's own words. */
function toldOf(error: unknown, text: ReturnType<typeof useText>) {
  if (error instanceof ProblemError) {
    const { code, status, message } = error;
    const description = error.isForeign ? text('unexpected', { status }) : message;
    return { title: <code>{code}</code>, description };
  }
  if (error instanceof Unreachable)
    return { title: text('failed'), description: text('unreachable') };
  return { title: text('failed') };
}
