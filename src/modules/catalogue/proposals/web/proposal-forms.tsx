import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { uiWords } from '../../../../ui/words.ts';
import type { CourseNamed } from '../../course-choices/contract.ts';
import { PickCourse } from '../../course-choices/web/public.tsx';
import { addProposal, type Proposal, type ProposalState, proposalKinds, stepProposal } from '../contract.ts';
import { proposalsWords } from '../words.ts';

interface FormProps {
  onDone(): Promise<void>;
  onClose(): void;
}

export function ProposalForm({ onDone, onClose }: FormProps) {
  const w = useWords(proposalsWords);
  const { optional } = useWords(uiWords);
  const on = useServerForm({
    initial: { kind: 'course', title: '', why: '', needs: '', goal: '' },
    async send({ kind, ...values }, key) {
      await call(addProposal, { body: { ...values, kind: kind as Proposal['kind'] } }, { key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} opened onCancel={onClose}>
      <NativeSelect {...on.field('kind')} label={w.kind} data={proposalKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={320} />
      <TextInput {...on.field('title')} label={w.name} maxLength={150} autoComplete="off" />
      <Textarea {...on.field('why')} label={w.why} autosize minRows={2} maxRows={10} maxLength={4000} />
      <Textarea {...on.field('needs')} label={`${w.needs} ${optional}`} description={w.needsHelp} autosize minRows={2} maxRows={10} maxLength={2000} />
      <Textarea {...on.field('goal')} label={`${w.goal} ${optional}`} autosize minRows={2} maxRows={10} maxLength={2000} />
    </FormBody>
  );
}

interface StepValues extends Record<string, unknown> {
  note: string;
  course: string | null;
}

export function StepForm({ proposal, state, onDone, onClose }: FormProps & { proposal: Proposal; state: ProposalState }) {
  const w = useWords(proposalsWords);
  const { optional } = useWords(uiWords);
  const on = useServerForm<StepValues>({
    initial: { note: '', course: null },
    sentences: { note_required: w.reasonMissing, course_required: w.courseMissing },
    async send({ note, course }) {
      await call(stepProposal, { params: { proposal: proposal.id }, body: { state, note, course: course as CourseNamed['id'] | null } }, { version: proposal.version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.stepNotSaved} save={w.stepSave} opened quiet onCancel={onClose}>
      {state === 'offered' && <PickCourse {...on.field('course')} label={w.course} />}
      <Textarea {...on.field('note')} label={state === 'declined' ? w.reason : `${w.note} ${optional}`} autosize minRows={2} maxRows={6} maxLength={1000} />
    </FormBody>
  );
}
