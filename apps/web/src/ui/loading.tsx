import { Spin } from 'antd';
import { useText } from '../app/locale.js';

export function Loading() {
  const text = useText();
  return (
    <div className="loading" role="status">
      <Spin size="small" /> {text('loading')}
    </div>
  );
}
