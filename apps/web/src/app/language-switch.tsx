import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languageOf } from './i18n.js';

/** Shows the language that it changes to, in that language. */
export function LanguageSwitch() {
  useTranslation();
  const queries = useQueryClient();
  const other = languageOf() === 'zh' ? 'en' : 'zh';
  const change = () => {
    chooseLanguage(other);
    // what the server has said stands in the other language
    void queries.invalidateQueries();
  };
  return (
    <Button type="text" size="small" lang={other} onClick={change}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
