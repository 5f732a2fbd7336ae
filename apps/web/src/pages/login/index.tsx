import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.js';
import { useSessionChange } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { Gate } from './gate.js';
import { useText } from './locale.js';

interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** Only a place of this app: an address that names another host is not followed. */
const placeOf = (returnTo: string | null) =>
  returnTo !== null && /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';

export default function LoginPage() {
  const text = useText();
  const navigate = useNavigate();
  const change = useSessionChange();
  const [search] = useSearchParams();
  const returnTo = placeOf(search.get('returnTo'));
  const { data: issuers } = useQuery({
    queryKey: ['issuers'],
    queryFn: async () => (await answer(api.GET('/api/v1/session/oidc', {}))).issuers,
  });
  const signIn = useMutation({
    mutationFn: (body: Credentials) => answer(api.POST('/api/v1/session', { body })),
    onSuccess: async () => {
      await change();
      await navigate(returnTo, { replace: true });
    },
  });
  const required = [{ required: true, message: text('required') }];
  return (
    <Gate title={text('title')}>
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(c) => signIn.mutate(c)}>
        <Form.Item name="login" label={text('login')} rules={required}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={text('password')} rules={required}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {search.has('error') && !signIn.error && (
          <p className="refusal" role="alert">
            {text('issuerFailed')}
          </p>
        )}
        {signIn.error && <Failure error={signIn.error} />}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {text('signIn')}
        </Button>
      </Form>
      {issuers?.map(({ id, name }) => (
        <Button
          key={id}
          block
          href={`/api/v1/session/oidc/${encodeURIComponent(id)}/login?returnTo=${encodeURIComponent(returnTo)}`}
        >
          {text('with', { name })}
        </Button>
      ))}
    </Gate>
  );
}
