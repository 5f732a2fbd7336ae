import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { answer, api } from '../../api/client.js';
import { useSessionChange } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { Gate } from '../login/gate.js';
import { useText } from '../login/locale.js';

interface FirstAccount {
  readonly token: string;
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

export default function SetupPage() {
  const text = useText();
  const navigate = useNavigate();
  const change = useSessionChange();
  // after the #, which browsers send to nobody
  const token = decodeURIComponent(useLocation().hash.slice(1));
  const create = useMutation({
    mutationFn: (body: FirstAccount) => answer(api.POST('/api/v1/setup', { body })),
    onSuccess: async () => {
      await change();
      await navigate('/', { replace: true });
    },
  });
  const required = [{ required: true, message: text('required') }];
  return (
    <Gate title={text('setupTitle')}>
      <p>{text('setupIntro')}</p>
      <Form<FirstAccount>
        layout="vertical"
        requiredMark={false}
        initialValues={{ token }}
        onFinish={(account) => create.mutate(account)}
      >
        <Form.Item name="token" label={text('token')} rules={required}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={text('name')} rules={required}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="login" label={text('login')} rules={required}>
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={text('password')} rules={required}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {create.error && <Failure error={create.error} />}
        <Button type="primary" htmlType="submit" block loading={create.isPending}>
          {text('create')}
        </Button>
      </Form>
    </Gate>
  );
}
