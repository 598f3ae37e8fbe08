import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../../../../ui/language.tsx';
import type { PoolProposal } from '../contract.ts';
import { plansWords } from '../words.ts';
import classes from './plans.module.css';

/** A degree of longitude is so much shorter than one of latitude in the middle of Denmark. */
const narrow = Math.cos((56 * Math.PI) / 180);
const [width, height, edge] = [100, 75, 12] as const;

/** Where the classes are, each as large as the people whom the plan brings there. A picture of the list, nothing more. */
export function PlanMap({ proposal }: { proposal: PoolProposal }) {
  const w = useWords(plansWords);
  const towns = new Map<string, { latitude: number; longitude: number; seats: number }>();
  for (const { town, place, groups, moves } of proposal.classes) {
    if (place === null) continue;
    const before = towns.get(town) ?? { ...place, seats: 0 };
    towns.set(town, { ...before, seats: before.seats + [...groups, ...moves].reduce((sum, { heads }) => sum + heads, 0) });
  }
  const spots = [...towns].map(([town, { latitude, longitude, seats }]) => ({ town, x: longitude * narrow, y: -latitude, seats }));
  if (spots.length === 0) return null;
  const [left, right] = [Math.min(...spots.map(({ x }) => x)), Math.max(...spots.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...spots.map(({ y }) => y)), Math.max(...spots.map(({ y }) => y))];
  const scale = Math.min((width - 2 * edge) / Math.max(right - left, 0.05), (height - 2 * edge) / Math.max(bottom - top, 0.05));
  const most = Math.max(...spots.map(({ seats }) => seats));
  const at = ({ x, y }: { x: number; y: number }) => ({ x: width / 2 + (x - (left + right) / 2) * scale, y: height / 2 + (y - (top + bottom) / 2) * scale });
  return (
    <Stack gap="xs" component="section" aria-labelledby="map">
      <Title order={2} id="map">
        {w.map}
      </Title>
      <Text size="sm" c="var(--vn-ink-2)">
        {w.mapText}
      </Text>
      <svg className={classes.map} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={spots.map(({ town, seats }) => `${town}: ${w.people(seats)}`).join(', ')}>
        {spots.map((spot) => {
          const { x, y } = at(spot);
          const radius = 2 + 5 * Math.sqrt(spot.seats / Math.max(1, most));
          return (
            <g key={spot.town}>
              <circle cx={x} cy={y} r={radius} />
              <text x={x} y={y - radius - 1.5} textAnchor="middle">
                {`${spot.town} ${spot.seats}`}
              </text>
            </g>
          );
        })}
      </svg>
    </Stack>
  );
}
