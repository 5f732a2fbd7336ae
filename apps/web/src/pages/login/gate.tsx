import type { ReactNode } from 'react';
import { LanguageSwitch } from '../../app/language-switch.js';
import { useText } from '../../app/locale.js';

/** The frame of what is seen without a session. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  const text = useText();
  return (
    <main className="gate">
      <header>
        <strong className="product">{text('product')}</strong>
        <LanguageSwitch />
      </header>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
