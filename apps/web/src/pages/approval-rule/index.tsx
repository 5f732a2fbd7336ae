import type { ApprovalRule } from '../../api/types.js';
import { useBook } from '../../app/book.js';
import { usePeople } from '../../app/people.js';
import { useDuties } from '../../app/session.js';
import { grouped, isZero } from '../../ui/amount.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Money } from '../../ui/money.js';
import { Person } from '../../ui/person.js';
import { useText } from './locale.js';
import { RuleForm } from './rule-form.js';
import { useApprovalRule } from './rule.js';
import './approval-rule.css';

/** From which amount on a posting of the book needs a second person: what holds now, what held before, and the change. */
export default function ApprovalRulePage() {
  const text = useText();
  const book = useBook();
  const { may } = useDuties(book.unit);
  const { data, error, refetch } = useApprovalRule(book);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <h1>{text('title')}</h1>
      <p className="intro">{text('intro')}</p>
      <InForce rule={data} />
      {may('system-admin') ? (
        <RuleForm book={book} rule={data.rule} />
      ) : (
        <p className="faint">{text('onlySystem')}</p>
      )}
      <History rule={data} />
    </>
  );
}

function InForce({ rule: { rule, history } }: { rule: ApprovalRule }) {
  const text = useText();
  const [latest] = history;
  const nameOf = usePeople(latest ? [latest.actor] : []);
  return (
    <section className="in-force" aria-label={text('inForce')}>
      <h2>{text('inForce')}</h2>
      <p className="rule">
        {isZero(rule.threshold) ? text('all') : text('above', { amount: grouped(rule.threshold) })}
      </p>
      <p>{!isZero(rule.threshold) && text('days', { n: rule.windowDays })}</p>
      <p className="faint">
        {latest
          ? text('since', { date: latest.date, person: nameOf(latest.actor), index: latest.index })
          : text('fromStart')}
      </p>
    </section>
  );
}

function History({ rule: { history } }: { rule: ApprovalRule }) {
  const text = useText();
  return (
    <>
      <h2>{text('history')}</h2>
      {history.length === 0 ? (
        <p className="faint">{text('none')}</p>
      ) : (
        <div className="scroll-x" role="region" aria-label={text('history')} tabIndex={0}>
          <table className="figures rules">
            <thead>
              <tr>
                <th scope="col">{text('date')}</th>
                <th scope="col" className="numeric">
                  {text('threshold')}
                </th>
                <th scope="col" className="numeric">
                  {text('windowDays')}
                </th>
                <th scope="col">{text('by')}</th>
                <th scope="col" className="numeric">
                  {text('index')}
                </th>
              </tr>
            </thead>
            <tbody>
              {history.map(({ index, date, threshold, windowDays, actor }) => (
                <tr key={index}>
                  <th scope="row">{date}</th>
                  <td className="numeric">
                    <Money yuan={threshold} />
                  </td>
                  <td className="numeric">{windowDays}</td>
                  <td>
                    <Person id={actor} />
                  </td>
                  <td className="numeric">{index}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
