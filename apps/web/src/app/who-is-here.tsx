import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { answer, api } from '../api/client.js';
import { useText } from './locale.js';
import { useSession, useSessionChange } from './session.js';

const PasswordChange = lazy(() => import('./password-change.js'));

/** Name and duties of the signed-in person, the password and the way out. */
export function WhoIsHere() {
  const text = useText();
  const session = useSession();
  const change = useSessionChange();
  const [changing, setChanging] = useState(false);
  if (session.open) return null;
  const duties = [...new Set(session.roles?.map(({ role }) => text(role)))].join('、');
  const changed = async () => {
    setChanging(false);
    await change();
  };
  const signOut = async () => {
    await answer(api.DELETE('/api/v1/session', {}));
    await change();
  };
  return (
    <span className="who">
      <span>
        {session.name} <small>{duties}</small>
      </span>
      <Button type="text" size="small" onClick={() => setChanging(true)}>
        {text('changePassword')}
      </Button>
      <Button type="text" size="small" onClick={() => void signOut()}>
        {text('signOut')}
      </Button>
      {(changing || session.mustChangePassword) && (
        <Suspense>
          <PasswordChange must={session.mustChangePassword === true} done={() => void changed()} />
        </Suspense>
      )}
    </span>
  );
}
