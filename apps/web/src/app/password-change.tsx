import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { answer, api } from '../api/client.js';
import { Failure } from '../ui/failure.js';
import { words } from './i18n.js';

const useText = words(
  'password',
  {
    title: '修改密码',
    current: '当前密码',
    password: '新密码',
    repeat: '再次输入新密码',
    differs: '两次输入的密码不一致',
    required: '请填写',
    must: '一次性密码只能用来设置新密码。',
    save: '保存',
    cancel: '取消',
  },
  {
    title: 'Change password',
    current: 'Current password',
    password: 'New password',
    repeat: 'New password again',
    differs: 'The two passwords differ',
    required: 'Required',
    must: 'A one-time password is only good for setting a new one.',
    save: 'Save',
    cancel: 'Cancel',
  },
);

interface Passwords {
  readonly current: string;
  readonly password: string;
}

interface Props {
  readonly done: () => void;
  /** After a one-time password nothing else is allowed: there is no way out but signing out. */
  readonly must?: boolean;
}

export default function PasswordChange({ done, must = false }: Props) {
  const text = useText();
  const [form] = Form.useForm<Passwords>();
  const save = useMutation({
    mutationFn: ({ current, password }: Passwords) =>
      answer(api.POST('/api/v1/session/password', { body: { current, password } })),
    onSuccess: done,
  });
  const required = { required: true, message: text('required') };
  return (
    <Modal
      open
      title={text('title')}
      okText={text('save')}
      cancelText={text('cancel')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      closable={!must}
      cancelButtonProps={{ hidden: must }}
      onCancel={must ? () => {} : done}
    >
      <Form form={form} layout="vertical" onFinish={(passwords) => save.mutate(passwords)}>
        <Form.Item name="current" label={text('current')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="password" label={text('password')} rules={[required]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={text('repeat')}
          dependencies={['password']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: async (_, value) => {
                if (value !== getFieldValue('password')) throw new Error(text('differs'));
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
      {must && <p>{text('must')}</p>}
      {save.error && <Failure error={save.error} />}
    </Modal>
  );
}
