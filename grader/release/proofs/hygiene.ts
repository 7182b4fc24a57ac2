import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labFolder } from '../../course/project.ts';
import { DIAGNOSIS_HINTS } from '../../grade/diagnosis-hints.ts';
import type { Check, Lab, Stage } from '../../lab/check.ts';
import { fullId } from '../../model/check.ts';
import { findDrift, releaseLab } from '../release-lab.ts';
import { findStrayFiles } from './stray-files.ts';

const STAGE_ID = /^[a-z][a-z0-9_]*$/;
const CHECK_ID = /^[a-z][a-z0-9-]*$/;
const SPEC_URL =
  /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc[1-9]\d{0,4}#section-[A-Z0-9]+(?:\.\d+)*$/;
const RFC_LINK = /https?:\/\/[^\s)>\]]*\brfc-?\d+[^\s)>\]]*/gi;
const GOOD_RFC_LINK =
  /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc[1-9]\d{0,4}(?:#(?:section|appendix)-[A-Z0-9]+(?:\.\d+)*)?$/;

/** What is untidy about a lab, a sentence each; nothing where all is well. */
export function inspectLab(lab: Lab): readonly string[] {
  return [
    ...findRepeated(lab.stages.map(({ id }) => id)).map((id) => `two stages are called ${id}`),
    ...lab.stages.flatMap((stage) => inspectStage(lab, stage)),
    ...inspectTitles(lab),
    ...findDrift(releaseLab(lab)).map(
      ({ path }) => `${path} is not what the solutions make it; npm run release ${lab.id}`,
    ),
    ...lab.assets
      .filter((asset) => !existsSync(join(labFolder(lab.id), asset)))
      .map((asset) => `the asset ${asset} is not there`),
    ...inspectLinks(lab, 'README.md'),
    ...findStrayFiles(lab).map((path) => `${path} belongs to no stage, and is none of the assets`),
  ];
}

function inspectStage(lab: Lab, stage: Stage): readonly string[] {
  const { id, title, checks } = stage;
  const ids = checks.map((check) => check.id);
  return [
    ...(STAGE_ID.test(id) ? [] : [`the stage id "${id}" is not of small letters, digits and _`]),
    ...(title.trim() === '' ? [`the stage ${id} has no title`] : []),
    ...(ids.length === 0 ? [`the stage ${id} has no checks`] : []),
    ...findRepeated(ids).map((each) => `${id} has two checks that are called ${each}`),
    ...checks.flatMap((check) => inspectCheck(stage, check)),
    ...findUnlisted(lab, stage).map(
      (each) => `${id} defines the check ${each} and does not list it`,
    ),
    ...inspectLinks(lab, `${id}/README.md`),
  ];
}

function inspectCheck(stage: Stage, check: Check): readonly string[] {
  const { id, title, points, hints, knows = [], spec, after } = check;
  const name = fullId(stage, check);
  const place = after && stage.checks.indexOf(after);
  return [
    ...(CHECK_ID.test(id) ? [] : [`the id ${name} is not of small letters, digits and hyphens`]),
    ...(title.trim() === '' ? [`${name} has no title`] : []),
    ...(Number.isInteger(points) && points > 0 ? [] : [`${name} is not worth a whole point`]),
    ...(hints.some((hint) => hint.trim() === '') ? [`${name} has an empty hint`] : []),
    ...findRepeated(hints).map(() => `${name} gives the same hint twice`),
    ...findRepeated(knows).map((code) => `${name} says twice that it knows ${code}`),
    ...knows
      .filter((code) => !Object.hasOwn(DIAGNOSIS_HINTS, code))
      .map((code) => `${name} says that it knows ${code}, of which there are no other hints`),
    ...(spec && !SPEC_URL.test(spec.url)
      ? [`${name} links to ${spec.url}, which is no section of an RFC`]
      : []),
    ...(spec?.title.trim() === '' ? [`${name} names an RFC's section without its title`] : []),
    ...(place === undefined || (place >= 0 && place < stage.checks.indexOf(check))
      ? []
      : [`${name} builds on ${after?.id ?? ''}, which the stage does not list before it`]),
  ];
}

/** One section of an RFC has one title, wherever it is named. */
function inspectTitles({ stages }: Lab): readonly string[] {
  const specs = stages.flatMap(({ checks }) => checks.flatMap(({ spec }) => spec ?? []));
  const titles = new Map(specs.map(({ name, title }) => [name, title]));
  const faults = specs
    .filter(({ name, title }) => titles.get(name) !== title)
    .map(({ name, title }) => `${name} is called "${title}" and "${titles.get(name) ?? ''}"`);
  return [...new Set(faults)];
}

/** Checks that are written in a stage's file, and then forgotten. */
function findUnlisted({ id: lab }: Lab, { id, checks }: Stage): readonly string[] {
  const file = join(labFolder(lab), id, 'checks.ts');
  if (!existsSync(file)) return [];
  const defined = readFileSync(file, 'utf8').matchAll(/\bcheck\(\s*['"`]([^'"`]+)['"`]/g);
  return [...defined]
    .map(([, name = '']) => name)
    .filter((name) => !checks.some((check) => check.id === name));
}

function inspectLinks({ id }: Lab, readme: string): readonly string[] {
  const file = join(labFolder(id), readme);
  if (!existsSync(file)) return [`labs/${id}/${readme} is missing`];
  const links = readFileSync(file, 'utf8').match(RFC_LINK) ?? [];
  return links
    .filter((link) => !GOOD_RFC_LINK.test(link))
    .map((link) => `labs/${id}/${readme} links to ${link}, which is no RFC at rfc-editor.org`);
}

function findRepeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, place) => values.indexOf(value) < place))];
}
