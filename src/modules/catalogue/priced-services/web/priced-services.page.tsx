import { Badge, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { kroner, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import type { CourseNamed } from '../../course-choices/contract.ts';
import { PickCourse, useCourseName } from '../../course-choices/web/public.tsx';
import { listServices, type Service } from '../contract.ts';
import { chainOf } from '../rules.ts';
import { pricedServicesWords } from '../words.ts';
import { ServiceForm } from './service-form.tsx';

/** Rows 4.07, 4.08, 4.23: services with their prices, as the chain that a company goes through. */
export function PricedServicesPage() {
  const w = useWords(pricedServicesWords);
  const { may, schoolId } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ course: null, retired: ['true'] });
  const list = useRows(listServices, { query: { retired: filters.on.retired === 'true' ? 'true' : 'false' } });
  const rows = list.data ?? [];
  const nameOf = useCourseName();
  const { editing, setEditing, done, close, opener } = useEditing<Service>();
  const [course, setCourse] = useState<CourseNamed | null>(null);
  const known = rows.flatMap((each) => (each.course === null ? [] : [each.course]));
  const chosen = filters.on.course === undefined ? null : ([...known, ...(course === null ? [] : [course])].find(({ id }) => id === filters.on.course) ?? null);
  const writes = may('coordinator') || (may('manager') && schoolId !== null);
  const action = opener(writes, w.add);
  return (
    <Page title={w.title} lead={w.lead} done={done} action={action}>
      {editing !== false && (
        <FormOnTop id="service" title={editing === true ? w.addTitle : w.changeTitle(editing.name)} mb="xl">
          <ServiceForm
            key={editing === true ? 'new' : editing.id}
            service={editing === true ? null : editing}
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listServices);
              close(w.saved);
            }}
          />
        </FormOnTop>
      )}
      <ListState list={list} count={rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        <Stack gap="xl">
          <Stack gap="sm" component="section" aria-labelledby="chain">
            <Title order={2} id="chain">
              {w.chain}
            </Title>
            <Group align="flex-end" gap="lg">
              <PickCourse
                w={{ base: '100%', sm: 420 }}
                description={w.chainHelp}
                clearable
                known={known}
                value={filters.on.course ?? null}
                onPick={setCourse}
                onChange={(value) => filters.set('course', value ?? '')}
              />
              {writes && <OnFilter label={w.showRetired} value={filters.on.retired} onChange={(value) => filters.set('retired', value)} />}
            </Group>
          </Stack>
          <SimpleGrid component="ol" cols={{ base: 1, md: 3 }} spacing="xl" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {chainOf(rows, filters.on.course ?? null).map(({ phase, services }) => (
              <Stack key={phase} component="li" gap="xs">
                <Title order={3}>{w.chainPhases[phase]}</Title>
                {phase === 'during' && chosen !== null && <Text fw={500}>{nameOf(chosen)}</Text>}
                {services.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    {w.nothingHere}
                  </Text>
                ) : (
                  <Ruled>
                    {services.map((each) => (
                      <One key={each.id} service={each} onChange={editing === false ? () => setEditing(each) : null} />
                    ))}
                  </Ruled>
                )}
              </Stack>
            ))}
          </SimpleGrid>
          <Others rows={rows} course={filters.on.course ?? null} onChange={editing === false ? setEditing : null} />
        </Stack>
      </ListState>
    </Page>
  );
}

/** Services that are not in the chain above: for other courses, or retired. */
function Others({ rows, course, onChange }: { rows: readonly Service[]; course: string | null; onChange: ((service: Service) => void) | null }) {
  const w = useWords(pricedServicesWords);
  const nameOf = useCourseName();
  const others = rows.filter((each) => each.retired || (each.course !== null && each.course.id !== course));
  if (others.length === 0) return null;
  const groups = [...Map.groupBy(others, (each) => (each.course === null ? w.retired : w.supplement(nameOf(each.course)))).entries()];
  return groups.map(([title, services]) => (
    <Stack key={title} gap="xs" component="section" maw={720}>
      <Title order={2}>{title}</Title>
      <Ruled>
        {services.map((each) => (
          <One key={each.id} service={each} onChange={onChange === null ? null : () => onChange(each)} />
        ))}
      </Ruled>
    </Stack>
  ));
}

function One({ service, onChange }: { service: Service; onChange: (() => void) | null }) {
  const w = useWords(pricedServicesWords);
  const { language } = useLanguage();
  const { price, vat, assessment } = service;
  const without = price === 0 ? w.free : w.shown(kroner(language, price), w.units[service.unit]);
  return (
    <Rule
      action={
        service.can.edit && onChange !== null ? (
          <Button size="xs" variant="subtle" aria-label={w.changeTitle(service.name)} onClick={onChange}>
            {w.change}
          </Button>
        ) : undefined
      }
    >
      <Stack gap={4}>
        <Text fw={500}>{service.name}</Text>
        <Text size="sm" c="dimmed">
          {service.school.name}
        </Text>
        {service.text !== '' && (
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {service.text}
          </Text>
        )}
        <Text size="sm">{price === 0 ? without : sideBySide([without, vat === 0 ? w.noVat : w.withVat(kroner(language, service.priceWithVat), vat)])}</Text>
        {assessment !== null && service.results.length > 0 && <Text size="sm">{`${w.results}: ${sideBySide(service.results.map((each) => w.resultNames[each]))}`}</Text>}
        <Group gap="xs">
          {assessment !== null && <Badge>{w.shortKinds[assessment]}</Badge>}
          {service.freeForEmployed && <Badge color="green">{w.freeShort}</Badge>}
          {service.retired && <Badge>{w.retired}</Badge>}
        </Group>
      </Stack>
    </Rule>
  );
}
