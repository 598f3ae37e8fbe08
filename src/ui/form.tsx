import { Alert, Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { IconAlertTriangle, IconGitCompare } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { v4 } from 'uuid';
import { Refusal } from './client.ts';
import { useWords } from './language.tsx';
import { useFieldText, useProblemText } from './problem-words.tsx';
import { uiWords } from './words.ts';

interface Summary {
  /** Counts up, so that the same mistakes twice are announced twice. */
  round: number;
  general: string | null;
  fields: { id: string; text: string }[];
}

type Values = Record<string, unknown>;
/** A field of the form, or one deeper in it: "name", "labels.centre.da". */
type FieldPath<V> = (keyof V & string) | `${keyof V & string}.${string}`;

export interface ServerForm<V extends Values> {
  form: UseFormReturnType<V>;
  pending: boolean;
  summary: Summary | null;
  /** What was saved by somebody else after this edit began; both texts stand side by side until one is chosen. */
  conflict: { theirs: V; saveMine(): void; takeTheirs(): void } | null;
  submit(event: FormEvent<HTMLFormElement>): void;
  /** Input props with the id that the error summary links to. */
  field(path: FieldPath<V>): ReturnType<UseFormReturnType<V>['getInputProps']> & { id: string; name: string };
}

interface Options<V extends Values, Row extends { version: number }> {
  initial: V;
  send(values: V, key: string, version: number): Promise<void>;
  /** Sentences for fields where the general one says too little: "cvr_cvr", within a list "members.personId_required". */
  sentences?: Record<string, string>;
  /** For edits: the row that was seen, and how a newer one fills the form. */
  edits?: { seen: Row; valuesOf(row: Row): V };
}

/** In the summary a sentence stands far from its field, so it bears the field's name. */
function named(id: string, text: string) {
  const label = (document.getElementById(id) as HTMLInputElement | null)?.labels?.[0]?.textContent;
  return { id, text: label ? `${label.replace(/\s?\([^()]*\)$/, '')}: ${text}` : text };
}

/**
 * A form whose rules are the server's: it sends, keeps every field, and shows what came back by field and code.
 * One key per attempt until it succeeds, so an answer lost on the way does not do it twice. An edit carries the version it saw.
 */
export function useServerForm<V extends Values, Row extends { version: number } = never>(options: Options<V, Row>): ServerForm<V> {
  const form = useForm<V>({ mode: 'controlled', initialValues: options.initial });
  const [pending, setPending] = useState(false);
  const [summary, setSummary] = useState<Summary | null>(null);
  const [newer, setNewer] = useState<Row | null>(null);
  const version = useRef(options.edits?.seen.version ?? 0);
  const key = useRef(v4());
  const formId = useId();
  const shown = useRef(new Set<string>());
  const problemText = useProblemText();
  const fieldText = useFieldText();

  /** The field on screen that a path of the server belongs to: "products.3" is written in "products". */
  const fieldOf = (path: string): string | undefined => (shown.current.has(path) ? path : path.includes('.') ? fieldOf(path.slice(0, path.lastIndexOf('.'))) : undefined);
  const at = (path: string): unknown => path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], form.getValues());
  const sentence = (path: string, field: string, given: string) => {
    // To whoever left a field empty, "too short" and "wrong form" are the same.
    const code = at(path) === '' ? 'required' : given;
    const unnumbered = path.replaceAll(/\.\d+/g, '');
    return options.sentences?.[`${unnumbered}_${code}`] ?? options.sentences?.[`${field}_${code}`] ?? fieldText(code);
  };

  const refused = (error: unknown) => {
    if (!(error instanceof Refusal) || error.problem.status !== 0) key.current = v4();
    if (error instanceof Refusal && error.problem.code === 'version_conflict' && options.edits !== undefined && error.problem.current !== undefined) {
      setNewer(error.problem.current as Row);
      setSummary(null);
      return;
    }
    const known = new Map<string, string>();
    for (const { path, code } of error instanceof Refusal ? (error.problem.fields ?? []) : []) {
      const field = fieldOf(path);
      if (field !== undefined && !known.has(field)) known.set(field, sentence(path, field, code));
    }
    form.setErrors(Object.fromEntries(known) as Parameters<typeof form.setErrors>[0]);
    setSummary((before) => ({ round: (before?.round ?? 0) + 1, general: known.size > 0 ? null : problemText(error), fields: [...known].map(([path, text]) => named(`${formId}-${path}`, text)) }));
  };
  const send = () => {
    if (pending) return;
    setPending(true);
    form.clearErrors();
    options
      .send(form.getValues(), key.current, version.current)
      .then(() => {
        key.current = v4();
        setSummary(null);
        setNewer(null);
      }, refused)
      .finally(() => setPending(false));
  };
  const { edits } = options;
  return {
    form,
    pending,
    summary,
    conflict:
      newer === null || edits === undefined
        ? null
        : {
            theirs: edits.valuesOf(newer),
            saveMine() {
              version.current = newer.version;
              send();
            },
            takeTheirs() {
              version.current = newer.version;
              form.setValues(edits.valuesOf(newer));
              form.clearErrors();
              setNewer(null);
            },
          },
    submit(event) {
      event.preventDefault();
      send();
    },
    field(path) {
      shown.current.add(path);
      return { ...form.getInputProps(path), id: `${formId}-${path}`, name: path };
    },
  };
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
        {summary.fields.map(({ id, text }) => (
          <Anchor
            key={id}
            href={`#${id}`}
            size="sm"
            c="inherit"
            onClick={(event) => {
              event.preventDefault();
              document.getElementById(id)?.focus();
            }}
          >
            {text}
          </Anchor>
        ))}
      </Stack>
    </Alert>
  );
}

/** What one field says, in words, for the comparison of two texts. */
export interface Said {
  label: string;
  text: string;
}

function ConflictNotice<V extends Values>({ conflict, mine, inWords, pending }: { conflict: NonNullable<ServerForm<V>['conflict']>; mine: V; inWords(values: V): Said[]; pending: boolean }) {
  const w = useWords(uiWords);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const theirs = inWords(conflict.theirs);
  const different = inWords(mine).flatMap(({ label, text }, index) => (text === theirs[index]?.text ? [] : [{ label, mine: text, theirs: theirs[index]?.text ?? '' }]));
  return (
    <Alert color="yellow" role="alert" ref={box} tabIndex={-1} icon={<IconGitCompare size={20} stroke={1.75} />} title={w.conflictTitle}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{different.length === 0 ? w.conflictSame : w.conflictText}</Text>
        {different.length > 0 && (
          <Table withRowBorders={false} stickyHeader={false} highlightOnHover={false} layout="fixed" style={{ overflowWrap: 'anywhere' }}>
            <Table.Thead>
              <Table.Tr>
                {[w.what, w.mine, w.theirs].map((head) => (
                  <Table.Th key={head} scope="col">
                    {head}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {different.map((each) => (
                <Table.Tr key={each.label}>
                  <Table.Th scope="row" fw={500}>
                    {each.label}
                  </Table.Th>
                  <Table.Td>{each.mine || w.nothing}</Table.Td>
                  <Table.Td>{each.theirs || w.nothing}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Group gap="xs">
          {different.length > 0 && (
            <Button loading={pending} onClick={conflict.saveMine}>
              {w.saveMine}
            </Button>
          )}
          <Button onClick={conflict.takeTheirs}>{w.takeTheirs}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}

interface FormBodyProps<V extends Values> {
  on: ServerForm<V>;
  /** "The company is not added yet" */
  notSaved: string;
  save: string;
  /** Forms within a row have no filled button. */
  quiet?: boolean;
  onCancel?: () => void;
  /** Opened by a button on the page: the first field takes the focus. */
  opened?: boolean;
  /** For edits: every field in words. */
  inWords?: (values: V) => Said[];
  wide?: boolean;
  children: ReactNode;
}

/** One column: what is wrong on top, the fields, then the one button that saves. */
export function FormBody<V extends Values>({ on, notSaved, save, quiet = false, onCancel, opened = false, inWords, wide = false, children }: FormBodyProps<V>) {
  const w = useWords(uiWords);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (opened) box.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [opened]);
  return (
    <form onSubmit={on.submit} noValidate ref={box}>
      <Stack gap="md" maw={wide ? 720 : 480}>
        <ErrorSummary summary={on.summary} title={notSaved} />
        {on.conflict !== null && inWords !== undefined && <ConflictNotice conflict={on.conflict} mine={on.form.getValues()} inWords={inWords} pending={on.pending} />}
        {children}
        <Group gap="xs">
          {on.conflict === null && (
            <Button type="submit" variant={quiet ? 'default' : 'filled'} loading={on.pending}>
              {save}
            </Button>
          )}
          {onCancel !== undefined && (
            <Button variant="subtle" onClick={onCancel}>
              {w.cancel}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
