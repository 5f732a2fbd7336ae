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
    save: 'Save',
    cancel: 'Cancel',
  },
);

interface Passwords {
  readonly current: string;
  readonly password: string;
}

export default function PasswordChange({ done }: { done: () => void }) {
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
      onCancel={done}
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
      {save.error && <Failure error={save.error} />}
    </Modal>
  );
}
