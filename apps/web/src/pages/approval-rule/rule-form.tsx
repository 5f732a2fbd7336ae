import { Button, Input } from 'antd';
import type { FormEvent } from 'react';
import { ProblemError } from '../../api/client.js';
import type { ApprovalRule } from '../../api/types.js';
import type { BookPlace } from '../../app/book.js';
import { useKept } from '../../app/kept.js';
import { useSession } from '../../app/session.js';
import { fenOf, grouped, readAmount } from '../../ui/amount.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { useText } from './locale.js';
import { noRule, useRuleChange, type RuleDraft } from './rule.js';

interface Props {
  readonly book: BookPlace;
  /** The rule in force. */
  readonly rule: ApprovalRule['rule'];
}

/** A new rule, for those whose duty it is; a looser one is called so before it is set. */
export function RuleForm({ book, rule }: Props) {
  const text = useText();
  const { account = 'open' } = useSession();
  const name = `fiscal-rule:${account}/${book.unit}/${book.fiscalYear}`;
  const { value: draft, keep, forget } = useKept(name, noRule);
  const setting = useRuleChange(book, forget);
  const { threshold, windowDays } = draft;
  const yuan = readAmount(threshold);
  const isLooser = yuan !== undefined && fenOf(yuan) > fenOf(rule.threshold);
  const begun = threshold !== '' || windowDays !== '';
  const errorAt = (pointer: string) =>
    setting.error instanceof ProblemError
      ? setting.error.errors.find((error) => error.pointer === pointer)?.message
      : undefined;
  const write = (part: Partial<RuleDraft>) => {
    setting.reset();
    keep({ ...draft, ...part });
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setting.mutate(draft);
  };
  return (
    <form className="rule-form" onSubmit={send} autoComplete="off">
      <h2>{text('change')}</h2>
      <div className="rule-fields">
        <Field
          label={text('threshold')}
          hint={
            yuan === undefined ? text('thresholdHint') : text('stored', { amount: grouped(yuan) })
          }
          error={errorAt('/threshold')}
        >
          {(control) => (
            <Input
              {...control}
              className="amount"
              required
              value={threshold}
              placeholder={rule.threshold}
              onChange={({ target }) => write({ threshold: target.value })}
            />
          )}
        </Field>
        <Field label={text('windowDays')} hint={text('windowHint')} error={errorAt('/windowDays')}>
          {(control) => (
            <Input
              {...control}
              className="amount"
              required
              inputMode="numeric"
              value={windowDays}
              placeholder={String(rule.windowDays)}
              onChange={({ target }) => write({ windowDays: target.value })}
            />
          )}
        </Field>
      </div>
      {isLooser && (
        <p className="notice" role="status">
          △ {text('looser', { before: grouped(rule.threshold), after: grouped(yuan) })}
        </p>
      )}
      {setting.error && <Failure error={setting.error} />}
      {setting.data !== undefined && (
        <p className="notice done" role="status">
          {text('done', { index: setting.data })}
        </p>
      )}
      <p className="actions">
        <Button type="primary" htmlType="submit" loading={setting.isPending}>
          {text('set')}
        </Button>
        <Button onClick={forget} disabled={!begun}>
          {text('clear')}
        </Button>
        <span className="faint">
          {text('notJudged')} {text('kept')}
        </span>
      </p>
    </form>
  );
}
