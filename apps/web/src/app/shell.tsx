import { Select } from 'antd';
import { useEffect } from 'react';
import { NavLink, Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { Live } from '../live/live.js';
import { rememberBook, rememberedBook, useBooks } from './book.js';
import { LanguageSwitch } from './language-switch.js';
import { useText } from './locale.js';
import { useDuties } from './session.js';
import { WhoIsHere } from './who-is-here.js';

const OF_A_BOOK = [
  'overview',
  'book',
  'approvals',
  'reports',
  'audit',
  'year-end',
  'approval-rule',
] as const;
type BookPage = (typeof OF_A_BOOK)[number];

/** The pages of a book that the duties of a person open; a report viewer sees reports only. */
function usePages(unit: string | undefined): readonly BookPage[] {
  const { open, may, posts, reviews, audits } = useDuties(unit);
  const works = posts || reviews;
  const shown: Record<BookPage, boolean> = {
    overview: open || works || audits || may('viewer'),
    book: open || works || audits,
    approvals: works || audits,
    reports: open || works || audits || may('viewer'),
    audit: open || works || audits,
    'year-end': works || audits,
    'approval-rule': open || works || audits || may('system-admin'),
  };
  return OF_A_BOOK.filter((page) => shown[page]);
}

function BookPicker({ place }: { place: string }) {
  const text = useText();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { data: books } = useBooks();
  const go = (to: string) => {
    const page = OF_A_BOOK.find((name) => name === pathname.split('/')[4]) ?? 'overview';
    void navigate(`/books/${to}/${page}`);
  };
  return (
    <Select
      className="book-picker"
      aria-label={text('chooseBook')}
      value={place}
      onChange={go}
      showSearch={{ optionFilterProp: 'label' }}
      options={(books ?? []).map(({ unit, fiscalYear, unitName, status }) => ({
        value: `${unit}/${fiscalYear}`,
        label: `${unitName} ${text('year', { year: fiscalYear })}${status === 'closed' ? ` · ${text('closed')}` : ''}`,
      }))}
    />
  );
}

/** What surrounds every page: which book, which pages, who is here. */
export function Shell() {
  const text = useText();
  const { unit, year } = useParams();
  const { may, open, hasBooks } = useDuties();
  const place = unit && year ? `${unit}/${year}` : rememberedBook();
  const pages = usePages(unit ?? place?.split('/')[0]);
  useEffect(() => {
    if (unit && year) rememberBook({ unit, fiscalYear: Number(year) });
  }, [unit, year]);

  return (
    <div className="shell">
      <a className="skip" href="#content">
        {text('skip')}
      </a>
      <header>
        <strong className="product">{text('product')}</strong>
        {place !== null && pages.length > 0 && <BookPicker place={place} />}
        <span className="spring" />
        <LanguageSwitch />
        <WhoIsHere />
      </header>
      <nav aria-label={text('navigation')}>
        {place !== null &&
          pages.map((page) => (
            <NavLink key={page} to={`/books/${place}/${page}`}>
              {text(page)}
            </NavLink>
          ))}
        {may('account-admin') && <NavLink to="/accounts">{text('accounts')}</NavLink>}
        {(may('log-admin') || may('auditor')) && (
          <NavLink to="/access-log">{text('access-log')}</NavLink>
        )}
      </nav>
      <main id="content" tabIndex={-1}>
        {open && <p className="notice">{text('openMode')}</p>}
        {hasBooks && pages.length > 0 && <Live />}
        <Outlet />
      </main>
    </div>
  );
}
