import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v4 } from 'uuid';
import { Refusal } from './client.ts';
import { useWords } from './language.tsx';
import { useFieldText, useProblemText } from './problem-words.tsx';
import { uiWords } from './words.ts';

interface Summary {
  /** Counts up, so that the same mistakes twice are announced twice. */
  round: number;
  general: string | null;
  fields: { path: string; text: string }[];
}

type Values = Record<string, unknown>;

export interface ServerForm<V extends Values> {
  form: UseFormReturnType<V>;
  pending: boolean;
  summary: Summary | null;
  submit(event: FormEvent<HTMLFormElement>): void;
  /** Input props with the id that the error summary links to. */
  field(path: keyof V & string): ReturnType<UseFormReturnType<V>['getInputProps']> & { id: string; name: string };
}

/**
 * A form whose rules are the server's: it sends, keeps every field, and shows what came back by field and code.
 * One key per attempt until it succeeds, so an answer lost on the way does not do it twice.
 */
export function useServerForm<V extends Values>(options: { initial: V; send(values: V, key: string): Promise<void>; sentences?: Record<string, string> }): ServerForm<V> {
  const form = useForm<V>({ mode: 'controlled', initialValues: options.initial });
  const [pending, setPending] = useState(false);
  const [summary, setSummary] = useState<Summary | null>(null);
  const key = useRef(v4());
  const problemText = useProblemText();
  const fieldText = useFieldText();

  const refused = (error: unknown) => {
    const found = error instanceof Refusal ? (error.problem.fields ?? []) : [];
    const known = found.filter(({ path }) => path in options.initial).map(({ path, code }) => ({ path, text: options.sentences?.[`${path}_${code}`] ?? fieldText(code) }));
    form.setErrors(Object.fromEntries(known.map(({ path, text }) => [path, text])) as Parameters<typeof form.setErrors>[0]);
    setSummary((before) => ({ round: (before?.round ?? 0) + 1, general: known.length > 0 ? null : problemText(error), fields: known }));
    if (!(error instanceof Refusal) || error.problem.status !== 0) key.current = v4();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    form.clearErrors();
    options
      .send(form.getValues(), key.current)
      .then(() => {
        key.current = v4();
        setSummary(null);
      }, refused)
      .finally(() => setPending(false));
  };
  return { form, pending, summary, submit, field: (path) => ({ ...form.getInputProps(path), id: `field-${path}`, name: path }) };
}

/** On top of the form: what is wrong, each line a link to its field. Takes the focus when it appears. */
export function ErrorSummary({ summary, title }: { summary: Summary | null; title?: string }) {
  const w = useWords(uiWords);
  const box = useRef<HTMLDivElement>(null);
  const round = summary?.round;
  useEffect(() => {
    if (round !== undefined) box.current?.focus();
  }, [round]);
  if (summary === null) return null;
  return (
    <Alert color="red" role="alert" ref={box} tabIndex={-1} icon={<IconAlertTriangle size={20} stroke={1.75} />} title={title ?? w.summaryTitle} mb="lg">
      <Stack gap={4}>
        <Text size="sm">{summary.general ?? w.summaryHelp(summary.fields.length)}</Text>
        {summary.fields.map(({ path, text }) => (
          <Anchor
            key={path}
            href={`#field-${path}`}
            size="sm"
            c="inherit"
            onClick={(event) => {
              event.preventDefault();
              document.getElementById(`field-${path}`)?.focus();
            }}
          >
            {text}
          </Anchor>
        ))}
      </Stack>
    </Alert>
  );
}
