import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export type Language = 'zh' | 'en';
const KEPT = 'fiscal-language';

export const languageOf = (): Language => (i18next.language === 'en' ? 'en' : 'zh');

/** What the browser's own tools (spelling, voices, hyphens) go by. */
export const HTML_LANGUAGE: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

export function startLanguage(): void {
  const kept = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh';
  i18next.on('languageChanged', (language: Language) => {
    document.documentElement.lang = HTML_LANGUAGE[language];
  });
  void i18next.use(initReactI18next).init({
    lng: kept,
    fallbackLng: false,
    resources: {},
    initAsync: false,
    // React escapes what it shows
    interpolation: { escapeValue: false },
  });
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  void i18next.changeLanguage(language);
}

type Words = Readonly<Record<string, string>>;
/** Puts a word into the page's language; `{{name}}` in it takes a value. */
export type Say<W extends Words> = (
  word: keyof W & string,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The words of one part of the app, each in both languages, as a hook; a word that misses one does not compile. */
export function words<W extends Words>(
  part: string,
  zh: W,
  en: { readonly [K in keyof W]: string },
): () => Say<W> {
  let added = false;
  return () => {
    if (!added) {
      i18next.addResourceBundle('zh', part, zh);
      i18next.addResourceBundle('en', part, en);
      added = true;
    }
    const { t } = useTranslation(part);
    return (word, values) => t(word, values ?? {});
  };
}
