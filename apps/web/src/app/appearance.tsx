import { ConfigProvider, type ConfigProviderProps, type ThemeConfig } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import 'dayjs/locale/zh-cn.js';
import dayjs from 'dayjs';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from './i18n.js';

/** The server takes only styles that carry the nonce of this page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';

/** Quiet, dense and flat, as on paper; the colours keep 4.5 : 1 on white. */
const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1d4f7c',
    colorError: '#b42318',
    colorSuccess: '#27693b',
    colorWarning: '#8a5a00',
    colorInfo: '#1d4f7c',
    colorText: '#1c2430',
    colorTextSecondary: '#4a5565',
    colorTextDescription: '#4a5565',
    colorTextPlaceholder: '#6b7480',
    colorBorder: '#8e98a5',
    borderRadius: 2,
    fontSize: 14,
    fontFamily: "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
    motion: false,
    wireframe: false,
  },
  // the days of the months beside
  components: { DatePicker: { colorTextDisabled: '#6b7480' } },
};

type Locale = NonNullable<ConfigProviderProps['locale']>;

/** In a calendar the year and the month are called by what stands on their buttons, not by what these do. */
function calledByName({ DatePicker, ...locale }: Locale): Locale {
  if (!DatePicker) return locale;
  const lang = { ...DatePicker.lang, yearSelect: '', monthSelect: '' };
  return { ...locale, DatePicker: { ...DatePicker, lang } };
}
const LOCALES = { zh: calledByName(zhCN), en: calledByName(enUS) };

export function Appearance({ children }: { children: ReactNode }) {
  useTranslation();
  const language = languageOf();
  useEffect(() => void dayjs.locale(language === 'zh' ? 'zh-cn' : 'en'), [language]);
  return (
    <ConfigProvider
      locale={LOCALES[language]}
      csp={{ nonce }}
      theme={theme}
      componentSize="middle"
      // 登录, not 登 录: two characters are not set apart
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}
