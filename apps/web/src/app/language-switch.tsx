import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageOf } from './i18n.js';

/** Shows the language that it changes to, in that language. */
export function LanguageSwitch() {
  useTranslation();
  const other = languageOf() === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" size="small" lang={other} onClick={() => chooseLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
