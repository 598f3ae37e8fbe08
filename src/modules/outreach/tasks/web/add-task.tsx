import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import type { Endpoint } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { refresh } from '../../../../ui/read.ts';
import { addTask, listTasks } from '../contract.ts';
import { tasksWords } from '../words.ts';
import { useOwners } from './task-list.tsx';

interface Props {
  company: string;
  group?: string;
  report?: string;
  meeting?: string;
  onChanged: readonly Endpoint[];
  label?: string;
}

/** A button that opens a small form for a task of a company; for whoever may write one. */
export function AddTask(props: Props) {
  const w = useWords(tasksWords);
  const { may } = useActing();
  const [open, setOpen] = useState(false);
  if (!may('consultant', 'coordinator')) return null;
  return open ? (
    <Form {...props} onClose={() => setOpen(false)} />
  ) : (
    <Button size="xs" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
      {props.label ?? w.add}
    </Button>
  );
}

function Form({ company, group, report, meeting, onChanged, onClose }: Props & { onClose(): void }) {
  const w = useWords(tasksWords);
  const { today } = useActing();
  const queries = useQueryClient();
  const owners = useOwners();
  const form = useServerForm<{ what: string; owner: string; due: string }>({
    initial: { what: '', owner: '', due: shiftDay(today, 14) },
    async send({ what, owner, due }, key) {
      await call(addTask, { body: { company, what, due, owner: owner === '' ? null : (owner as 'company'), group: group ?? null, report: report ?? null, meeting: meeting ?? null } }, { key });
      await refresh(queries, listTasks, ...onChanged);
      onClose();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notSaved} save={w.addSave} quiet opened onCancel={onClose}>
      <TextInput label={w.what} maxLength={500} autoComplete="off" {...form.field('what')} />
      <NativeSelect label={w.giveTo} data={[{ value: '', label: w.nobody }, { value: 'company', label: w.company }, ...owners]} {...form.field('owner')} />
      <DayInput label={w.due} {...form.field('due')} />
    </FormBody>
  );
}
