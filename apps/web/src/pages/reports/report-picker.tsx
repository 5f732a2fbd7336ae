import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { languageOf } from '../../app/i18n.js';
import { Field } from '../../ui/field.js';
import { useText } from './locale.js';

/** Every report there is, by its title. */
export function ReportPicker({
  value,
  choose,
}: {
  value: string;
  choose: (report: string) => void;
}) {
  const text = useText();
  const language = languageOf();
  const { data } = useQuery({
    queryKey: ['classifications'],
    queryFn: () => answer(api.GET('/api/v1/classifications', {})),
    staleTime: Infinity,
  });
  return (
    <Field label={text('report')}>
      {(control) => (
        <select
          {...control}
          className="plain-input"
          value={value}
          onChange={({ target }) => choose(target.value)}
        >
          {(data?.reports ?? [{ name: value, zh: value, en: value }]).map((report) => (
            <option key={report.name} value={report.name}>
              {report[language]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
