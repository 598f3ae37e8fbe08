import type { AnswerCode } from '../rules.ts';
import { useTopicName } from './topic-name.tsx';

/** Topics to tick, each as wide as the page and a thumb high; the browser's own boxes, so that every aid knows them. */
export function Ticks({
  legend,
  topics,
  own,
  ticked,
  onChange,
}: {
  legend: string;
  topics: readonly AnswerCode[];
  own: readonly string[];
  ticked: readonly AnswerCode[];
  onChange(ticked: AnswerCode[]): void;
}) {
  const nameOf = useTopicName(own);
  return (
    <fieldset className="ticks">
      <legend>{legend}</legend>
      {topics.map((topic) => (
        <label key={topic}>
          <input type="checkbox" checked={ticked.includes(topic)} onChange={(event) => onChange(event.currentTarget.checked ? [...ticked, topic] : ticked.filter((each) => each !== topic))} />
          <span>{nameOf(topic)}</span>
        </label>
      ))}
    </fieldset>
  );
}
