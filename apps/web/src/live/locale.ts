import { words } from '../app/i18n.js';

export const useText = words(
  'live',
  {
    offline: '与服务器的连接已断开：所见为 {{time}} 的数据，正在重新连接…',
  },
  {
    offline: 'The connection is lost: what you see is of {{time}}; trying again…',
  },
);
