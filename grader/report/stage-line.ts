import pc from 'picocolors';
import type { StageResult } from '../model/result.ts';
import { seconds } from './seconds.ts';
import { stateOf, UNGRADED, type StageState } from './stage-state.ts';

/** A table as wide as its titles need looks better than one as wide as the terminal. */
const LONGEST_TITLE = 37;
const LONGEST_TAIL = UNGRADED['not-started'].length;

/** One stage, in one line. @param ids of all stages, which share the width of their column */
export function renderStage(
  stage: StageResult,
  ids: readonly string[],
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const id = stage.id.padEnd(Math.max(...ids.map((each) => each.length)));
  const { earned, possible, bonusEarned } = stage.points;
  const points = `${String(earned)}/${String(possible)}`.padStart(6);
  const bonus = (bonusEarned > 0 ? `+${String(bonusEarned)}` : '').padEnd(3);
  const state = stateOf(stage);
  const start = `${id} ${points} ${bonus} `;
  const room = width - '  PASS  '.length - start.length - 1 - LONGEST_TAIL;
  const title = fit(stage.title, Math.min(LONGEST_TITLE, room));
  const tail = stage.status === 'graded' ? seconds(stage.durationMs) : UNGRADED[stage.status];
  const painted = COLOURS[state](pc.createColors(color))(state);
  return `  ${painted}  ${start}${title}${tail}`.trimEnd() + '\n';
}

type Paint = ReturnType<typeof pc.createColors>;

const COLOURS: Readonly<Record<StageState, (paint: Paint) => (text: string) => string>> = {
  PASS: ({ green }) => green,
  FAIL: ({ red }) => red,
  TODO: ({ dim }) => dim,
  OOPS: ({ yellow }) => yellow,
};

/** A title in its column; where only a stump of it would be left, there is none. */
function fit(title: string, room: number): string {
  if (room < 8) return '';
  const shown = title.length > room ? `${title.slice(0, room - 3)}...` : title.padEnd(room);
  return `${shown} `;
}
