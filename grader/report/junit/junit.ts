import { posix } from 'node:path';
import type { CheckResult, LabResult, StageResult } from '../../model/result.ts';
import { showLine } from '../show-text.ts';
import { countOutcomes, describeOutcome, nameTestcase, printRemarks, seconds } from './testcase.ts';
import { writeXml, type XmlElement } from './write-xml.ts';

/** JUnit XML as GitLab and Jenkins read it: a suite a stage, a test case a check. */
export function renderJunit(result: LabResult): string {
  const { lab, title, durationMs, stages } = result;
  const suites = stages.map((stage) => ({
    stage,
    cases: stage.checks.map((check) => writeCase(result, stage, check)),
  }));
  return writeXml({
    name: 'testsuites',
    attributes: {
      name: `${showLine(lab)}: ${showLine(title)}`,
      ...countOutcomes(suites.flatMap(({ cases }) => cases)),
      time: seconds(durationMs),
    },
    children: suites.map(({ stage, cases }) => writeSuite(result, stage, cases)),
  });
}

function writeSuite(
  { lab, startedAt }: LabResult,
  { id, durationMs }: StageResult,
  cases: readonly XmlElement[],
): XmlElement {
  return {
    name: 'testsuite',
    attributes: {
      name: `${showLine(lab)}.${showLine(id)}`,
      ...countOutcomes(cases),
      time: seconds(durationMs),
      timestamp: startedAt,
    },
    children: cases,
  };
}

function writeCase(result: LabResult, stage: StageResult, check: CheckResult): XmlElement {
  const { program } = stage;
  const file = program === undefined ? {} : { file: showLine(posix.normalize(program)) };
  return {
    name: 'testcase',
    attributes: { ...nameTestcase(result, stage, check), ...file },
    children: [...describeOutcome(result.lab, check), ...printRemarks([check])],
  };
}
