import { useIsFetching, useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { memo, useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useBook, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { stepFrom, useExtent, useRecordAt } from './moment.js';
import { useText } from './locale.js';
import { RecordFacts } from './record-facts.js';
import { ReplayedFigures } from './replayed-figures.js';
import { useFollowing } from './use-following.js';
import { useSettled } from './use-settled.js';

/** While it is dragged the figures follow in steps of this, and only once those before have come. */
const FOLLOWS_EVERY_MS = 200;
const RESTS_AFTER_MS = 400;

/** The book as it was at any index of the log: dragged, stepped by keys, or linked to. */
export default function Replay() {
  const book = useBook();
  const { data, error } = useExtent(book);
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  return <ReplayBetween key={`${book.unit} ${book.fiscalYear}`} book={book} {...data} />;
}

interface BetweenProps {
  readonly book: BookPlace;
  readonly first: number;
  readonly logSize: number;
}

function ReplayBetween({ book, first, logSize }: BetweenProps) {
  const [search, setSearch] = useSearchParams();
  const within = (to: number) => Math.min(Math.max(to, first), logSize);
  const asked = Number(search.get('knownAt') ?? logSize);
  const linked = within(Number.isInteger(asked) ? asked : logSize);
  // where the slider is; it follows the address until it is moved
  const [moved, setMoved] = useState<number>();
  const at = moved ?? linked;
  const put = useCallback(
    (name: string, value: string) =>
      setSearch((now) => (now.set(name, value), now), { replace: true }),
    [setSearch],
  );
  const isBusy = useIsFetching({ queryKey: [...bookKey(book), 'at'] }) > 0;
  const taken = useFollowing(at, isBusy, FOLLOWS_EVERY_MS);
  // a picture that was found can be linked to; not each on the way, for the whole app goes by the address
  const rests = useSettled(moved, RESTS_AFTER_MS);
  useEffect(() => {
    if (rests !== undefined) put('knownAt', String(rests));
  }, [rests, put]);
  return (
    <>
      <Slider {...{ book, first, logSize, at }} go={(to) => setMoved(within(to))} />
      <Figures knownAt={taken} report={search.get('report') ?? 'annex-3'} put={put} />
      <LastRecord book={book} at={taken} />
    </>
  );
}

/** Drawn again where the moment is another one, not at each movement of the slider. */
const Figures = memo(ReplayedFigures);

interface SliderProps extends BetweenProps {
  readonly at: number;
  readonly go: (to: number) => void;
}

function Slider({ book, first, logSize, at, go }: SliderProps) {
  const text = useText();
  // the steps are those of this book: what other books post changes nothing here
  const step = useMutation({
    mutationFn: (direction: 'previous' | 'next') => stepFrom(book, at, direction),
    onSuccess: (to, direction) => go(to ?? (direction === 'next' ? logSize : first)),
  });
  return (
    <div className="slider">
      <label htmlFor="replay-position">{text('position')}</label>
      <input
        id="replay-position"
        type="range"
        min={first}
        max={logSize}
        value={at}
        aria-valuetext={text('positionOf', { at, of: logSize })}
        onChange={({ target }) => go(Number(target.value))}
      />
      <output htmlFor="replay-position">{text('positionOf', { at, of: logSize })}</output>
      <Button onClick={() => go(first)}>{text('first')}</Button>
      <Button disabled={step.isPending} onClick={() => step.mutate('previous')}>
        {text('previous')}
      </Button>
      <Button disabled={step.isPending} onClick={() => step.mutate('next')}>
        {text('next')}
      </Button>
      <Button onClick={() => go(logSize)}>{text('last')}</Button>
      {step.error && <Failure error={step.error} />}
    </div>
  );
}

const LastRecord = memo(function LastRecord({ book, at }: { book: BookPlace; at: number }) {
  const text = useText();
  const { data: event, error } = useRecordAt(book, at);
  return (
    <>
      <h2>{text('thisEvent')}</h2>
      {error && <Failure error={error} />}
      {event && <RecordFacts key={event.index} event={event} />}
      {event === null && <p>{text('otherBook')}</p>}
    </>
  );
});
