import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listTasks } from '../contract.ts';
import { tasksWords } from '../words.ts';
import { TaskList } from './task-list.tsx';

const others = ['unowned', 'late', 'all'] as const;

/** One's own tasks, those that nobody has, and everybody's. */
export function TasksPage() {
  const w = useWords(tasksWords);
  const { may } = useActing();
  const consults = may('consultant');
  const filters = useFilters({ whose: others });
  const list = useRows(listTasks, { query: { whose: filters.on.whose ?? (consults ? 'mine' : 'all') } });
  const choices = others.map((value) => ({ value, label: w.choices[value] })).filter(({ value }) => consults || value !== 'all');
  return (
    <Page title={w.list} lead={w.listLead}>
      <ListState
        list={list}
        count={list.data?.length ?? 0}
        filters={filters}
        none={w.noneMatches}
        empty={consults ? <Empty title={w.emptyTitle} text={w.emptyText} /> : <Empty title={w.none} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.whose} all={consults ? w.mine : w.choices.all} choices={choices} value={filters.on.whose} onChange={(value) => filters.set('whose', value)} />
          </Filters>
        }
      >
        <div style={{ maxWidth: 720 }}>
          <TaskList tasks={list.data ?? []} onChanged={[]} title={false} />
        </div>
      </ListState>
    </Page>
  );
}
